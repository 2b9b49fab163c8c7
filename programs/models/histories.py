"""What was said of a practice over time: each declaration and each answer, oldest first. Never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Body
from programs.models.editions import PUBLIC_STATES, Edition, drafts_visible_to
from programs.models.practices import Practice, Said


class AssessmentVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was said of public editions, and of the drafts a person works on."""
        return self.filter(Q(edition__state__in=PUBLIC_STATES) | Q(edition__in=drafts_visible_to(user)))

    def of(self, edition, practice):
        """The whole history of one practice in one edition, oldest first, whatever checklist held it."""
        found = self.filter(edition=edition, practice__code=practice.code)
        return found.select_related("clause", "body").order_by("number")


class AssessmentVersion(Said):
    """One word said of a practice in an edition, as it stood: by the agency, by planning, or by the calendar.

    It names edition and practice and not the assessment, so that what was said outlives it.
    """

    class Kind(models.TextChoices):
        RECORDED = "recorded", _("Recorded from the report")
        DECLARED = "declared", _("Declared by the agency")
        CONFIRMED = "confirmed", _("Confirmed by planning")
        CONTESTED = "contested", _("Contested by planning")
        EXPIRED = "expired", _("The limitation expired")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="said_of_practices")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="said_of_editions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.TextField(_("planning's note"), blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = AssessmentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "practice", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "practice", "number"], name="assessment_version_numbered"
            ),
            models.CheckConstraint(
                condition=~Q(kind="contested") | ~Q(note=""), name="assessment_version_contested_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.edition} · {self.practice} · {self.number}"

    @property
    def is_answer(self):
        """Planning said it, and not the agency."""
        return self.kind in (self.Kind.CONFIRMED, self.Kind.CONTESTED)
