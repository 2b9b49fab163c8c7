"""A draft moved to a newer Guide, and what of it waits to be looked at again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.editions import Edition
from programs.models.guide import GuideEdition


class GuideMove(models.Model):
    """One move of a draft from the Guide that it stood on to a newer one."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="guide_moves")
    from_guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="+")
    to_guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "to_guide"], name="move_once_to_a_guide"),
        ]

    def __str__(self):
        return f"{self.edition} · {self.to_guide}"


class MovedPart(models.Model):
    """Something that a move carried, brought or left without a place, until an editor has reviewed it.

    ``key`` is the slug of a component, the name of a block or the code of a practice.
    """

    class Kind(models.TextChoices):
        NEW_TEXT = "new_text", _("New components")
        KEPT_TEXT = "kept_text", _("Texts whose component the Guide took out")
        BLOCK = "block", _("Data that no component carries any more")
        TEXT = "text", _("Texts carried over")
        PRACTICE = "practice", _("New practices")
        KEPT_ASSESSMENT = "kept_assessment", _("Assessments whose practice was taken out")
        ASSESSMENT = "assessment", _("Assessments carried over")

    move = models.ForeignKey(GuideMove, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=60)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["move", "kind", "key"], name="moved_part_once"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None) | Q(reviewed_by__isnull=False),
                name="moved_part_reviewed_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.move} · {self.key}"
