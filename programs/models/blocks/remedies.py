"""What an applicant who was not selected can ask for: reasons (feedback) and remedies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks import terms
from programs.models.blocks.base import Block
from programs.models.blocks.schedule import MilestoneCode, Unit


class FeedbackWindow(Block):
    """The period in which CSOs that were not selected may ask for the precise reasons (GP-02)."""

    after = models.CharField(_("counted from"), max_length=30, choices=MilestoneCode)
    days = models.PositiveSmallIntegerField(_("days to ask"))
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    answer_days = models.PositiveSmallIntegerField(_("days to answer"))
    answer_unit = models.CharField(_("unit of the answer"), max_length=10, choices=Unit)

    columns = ("after", "days", "unit", "answer_days", "answer_unit")
    named_by = ()
    is_single = True

    class Meta(Block.Meta):
        verbose_name = _("feedback window")
        verbose_name_plural = _("feedback window")

    def __str__(self):
        return f"{self.days} {self.get_unit_display()}"


class Remedy(Block):
    """A remedy that the Rules offer, with its term, its authority and its basis.

    ``answer_days`` is how long the authority has to decide; ``allows_anonymous`` lets a report to the
    internal control body be made without a name.
    """

    class Kind(models.TextChoices):
        CLARIFICATION = "clarification", _("Clarification")
        RECONSIDERATION = "reconsideration", _("Reconsideration by another person")
        INTERNAL_CONTROL = "internal_control", _("Report to the internal control body")
        APPEAL = "appeal", _("Administrative appeal")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("remedy"), max_length=200)
    days = models.PositiveSmallIntegerField(_("term in days"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, blank=True)
    authority = models.CharField(_("who decides"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("days to decide"), null=True, blank=True)
    answer_unit = models.CharField(_("unit of the decision"), max_length=10, choices=Unit, blank=True)
    allows_anonymous = models.BooleanField(_("may be made without a name"), default=False)

    columns = (
        "kind", "name", "days", "unit", "answer_days", "answer_unit", "authority", "legal_basis",
        "allows_anonymous",
    )  # fmt: skip

    class Meta(Block.Meta):
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        constraints = [
            *Block.Meta.constraints,
            terms.unit_with_days("answer_days", "answer_unit", "remedy_decision_has_a_unit"),
        ]
