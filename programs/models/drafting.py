"""What drafting keeps besides the text of today: every version of every component, and who has it open."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from programs.models.editions import ComponentText


class TextVersionQuerySet(models.QuerySet):
    """Versions read as a sentence: ``text.versions.landmarks()``."""

    def landmarks(self):
        """What a person looks for in the history: the end of each sitting, and whatever was named."""
        sitting = self.model.objects.filter(text=OuterRef("text"), sitting=OuterRef("sitting"))
        last = sitting.order_by("-number").values("number")[:1]
        return self.filter(Q(number=Subquery(last)) | ~Q(name=""))

    def newest_first(self):
        return self.select_related("saved_by").order_by("-number")


class TextVersion(models.Model):
    """A component's text as it stood after one save. Never rewritten, never removed: only its name is free.

    ``sitting`` is the number of the version with which the writer sat down: what one person saves without
    a long pause is one sitting, shown as one line of the history. ``typed`` is what the writer sent to a
    save that joined it with somebody else's text.
    """

    class Origin(models.TextChoices):
        TYPED = "typed", _("Written")
        MERGED = "merged", _("Two texts joined")
        RESTORED = "restored", _("An earlier version restored")
        CARRIED = "carried", _("Carried over from an earlier edition")
        ADOPTED = "adopted", _("A clause of another agency adopted")
        IMPORTED = "imported", _("Brought in from a document")
        GUIDE = "guide", _("The model text of the Guide")

    text = models.ForeignKey(ComponentText, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    html = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    not_applicable_reason = models.TextField(blank=True)
    values = models.JSONField(default=dict, blank=True)
    typed = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.TYPED)
    restored_from = models.PositiveIntegerField(null=True, blank=True)
    sitting = models.PositiveIntegerField()
    writer = models.CharField(max_length=40, blank=True)
    turn = models.PositiveIntegerField(default=0)
    name = models.CharField(_("name of the version"), max_length=80, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["text", "sitting"], name="version_sitting")]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="version_once_a_number"),
            models.CheckConstraint(
                condition=~Q(origin="restored") | Q(restored_from__isnull=False),
                name="version_restored_says_from_which",
            ),
        ]

    def __str__(self):
        return f"{self.text} · {self.number}"

    @property
    def was_typed(self):
        """Text and summary as the writer had them on the page when this was saved."""
        return self.typed or {"html": self.html, "summary": self.summary}


class PresenceQuerySet(models.QuerySet):
    def alive(self, *, at):
        """The pages that said so a moment ago; the others were closed or lost their connection."""
        return self.filter(seen_at__gt=at - Presence.ALIVE)

    def but_for(self, user, page=""):
        """Everybody else's pages, and the other ones of the same person when theirs is named."""
        return self.exclude(user=user, page=page) if page else self.exclude(user=user)


class Presence(models.Model):
    """A page of somebody who has a component open. It says so every few seconds, or is gone."""

    ALIVE = timedelta(seconds=45)

    text = models.ForeignKey(ComponentText, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "user", "page"], name="presence_once_a_page"),
        ]

    def __str__(self):
        return f"{self.user} · {self.text}"
