"""The commons of clauses: what published Rules say, clause by clause, and who took which clause from whom."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.models.editions import ComponentText
from programs.models.guide import Component
from programs.models.practices import Assessment, Verdict
from programs.models.publications import Publication


class PublishedClauseQuerySet(models.QuerySet):
    """Clauses read as a sentence: ``PublishedClause.objects.proving("GP-02").of_agency("SSAS")``."""

    def as_last_published(self):
        """As each edition was published last: what an amendment replaced is left out."""
        return self.filter(is_last=True)

    def proving(self, practice="", topic=""):
        """Clauses with which their edition proves that it adopted a practice (or one of a topic)."""
        proofs = Assessment.objects.public().filter(
            edition=OuterRef("publication__edition"), clause=OuterRef("component"), verdict=Verdict.ADOPTED
        )
        if practice:
            proofs = proofs.filter(practice__code=practice)
        if topic:
            proofs = proofs.filter(practice__topic__code=topic)
        return self.filter(Exists(proofs))

    def for_listing(self):
        return self.select_related("component", "publication__edition__program__agency__body").defer(
            "words", "publication__snapshot"
        )

    def newest_first(self):
        """What was published last comes first; the clauses of one publication as its Guide orders them."""
        return self.order_by("-publication_id", "component_id")


class PublishedClause(models.Model):
    """One component of published Rules that says something, as people read it and as the commons searches it.

    Written with the publication and never after. ``words`` are its title and text without accents or
    capitals; ``sha256`` is that of the text as it is read. An amendment publishes every clause again: those
    of the publication before it are no longer the last.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="clauses")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    html = models.TextField()
    words = models.TextField()
    sha256 = models.CharField(max_length=64)
    is_last = models.BooleanField(default=True)

    objects = PublishedClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("published clause")
        verbose_name_plural = _("published clauses")
        indexes = [models.Index(fields=["-publication", "component"], name="clause_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["publication", "component"], name="clause_once_in_a_publication")
        ]

    def __str__(self):
        return f"{self.publication.edition} · {self.component}"

    def get_absolute_url(self):
        return f"{self.edition.get_absolute_url()}#{self.component.slug}"

    @property
    def edition(self):
        return self.publication.edition

    @property
    def code(self):
        """What the trail may call it."""
        return f"{self.publication.code} {self.component.slug}"

    def adopt_url(self):
        return adopt_url(self.edition.code, self.component.slug)


def adopt_url(edition, component):
    return reverse("programs:clause_adopt", args=[edition, component])


class AdoptedClauseQuerySet(models.QuerySet):
    def of_edition(self, edition):
        return self.filter(text__edition=edition)

    def with_source(self):
        """With the source, and with what its program has published last in its place: one query."""
        held = PublishedClause.objects.filter(
            component__slug=OuterRef("source__component__slug"),
            publication__edition__program=OuterRef("source__publication__edition__program"),
        )
        last = held.order_by("-publication__published_at", "-pk")
        found = {f"last_{name}": Subquery(last.values(path)[:1]) for name, path in LAST.items()}
        return (
            self.annotate(**found)
            .select_related(
                "source__component", "source__publication__edition__program__agency", "text__component"
            )
            .defer("source__words", "source__publication__snapshot")
        )


LAST = {
    "sha256": "sha256",
    "html": "html",
    "edition": "publication__edition__code",
    "year": "publication__edition__fiscal_year",
}


class AdoptedClause(models.Model):
    """A clause that a draft took from published Rules: from which, what it said then, how, by whom and when.

    ``seen_sha256`` is that of a later text of the source that the adopters decided not to take.
    """

    class Way(models.TextChoices):
        APPEND = "append", _("At the end of the component")
        REPLACE = "replace", _("In place of the text of the component")

    text = models.ForeignKey(ComponentText, on_delete=models.CASCADE, related_name="adopted")
    source = models.ForeignKey(PublishedClause, on_delete=models.PROTECT, related_name="adoptions")
    sha256 = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    seen_sha256 = models.CharField(max_length=64, blank=True)

    objects = AdoptedClauseQuerySet.as_manager()

    class Meta:
        ordering = ["adopted_at", "pk"]
        verbose_name = _("adopted clause")
        verbose_name_plural = _("adopted clauses")
        constraints = [
            models.UniqueConstraint(fields=["text", "source"], name="adopted_once_from_a_clause"),
            models.CheckConstraint(condition=~Q(sha256=""), name="adopted_keeps_the_hash"),
        ]

    def __str__(self):
        return f"{self.text} ← {self.source_id}"
