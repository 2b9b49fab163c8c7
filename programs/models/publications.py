"""What was published: the Rules as they were first, and again with each amendment. Never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models.editions import Amendment, Edition, Prose
from programs.models.guide import Component


class PublicationQuerySet(models.QuerySet):
    def in_force_on(self, day):
        """Of each edition the publication in force on a day; before the first one is in force, that one."""
        begun = Publication.objects.filter(in_force_from__lte=day)
        later = begun.filter(edition=OuterRef("edition"), number__gt=OuterRef("number"))
        return self.filter(Q(in_force_from__lte=day) | Q(number=0), ~Exists(later))

    def in_force(self):
        """Of each edition the publication in force today."""
        return self.in_force_on(timezone.localdate())


class Publication(models.Model):
    """The published text of an edition: gazette citation, frozen snapshot and its hash.

    Number 0 is the edition as first published; each amendment publishes the whole again with its number.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    amendment = models.OneToOneField(
        Amendment, null=True, blank=True, on_delete=models.PROTECT, related_name="publication"
    )
    gazette_date = models.DateField(_("date in the gazette"))
    gazette_volume = models.CharField(_("volume"), max_length=40)
    gazette_number = models.CharField(_("number"), max_length=40)
    gazette_section = models.CharField(_("section"), max_length=40, blank=True)
    gazette_page = models.CharField(_("page"), max_length=40, blank=True)
    is_special_edition = models.BooleanField(_("special edition of the gazette"), default=False)
    in_force_from = models.DateField(_("in force from"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(gazette_volume="") & ~Q(gazette_number=""), name="publication_cites_the_gazette"
            ),
            models.CheckConstraint(condition=~Q(snapshot="") & ~Q(sha256=""), name="publication_is_frozen"),
            models.UniqueConstraint(fields=["edition", "number"], name="publication_numbered"),
            models.CheckConstraint(
                condition=Q(number=0, amendment=None) | Q(number__gte=1, amendment__isnull=False),
                name="publication_after_the_first_is_of_an_amendment",
            ),
        ]

    def __str__(self):
        return f"{self.edition} · {self.gazette_date:%d/%m/%Y}"

    @property
    def code(self):
        """What the trail and the booklet call it: the code of its edition, then the amendment's."""
        return f"{self.edition.code}-M{self.number}" if self.number else self.edition.code


class PublishedText(Prose):
    """The prose of one component as a publication froze it, and which version of the draft it was."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="texts")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["component__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "component"], name="published_text_once_per_component"
            )
        ]

    def __str__(self):
        return f"{self.publication} · {self.component}"

    @property
    def edition(self):
        return self.publication.edition
