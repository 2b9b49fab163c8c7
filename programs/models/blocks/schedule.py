"""The schedule: ten milestones, each a date or a rule, each with the side it binds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.blocks.columns import Term


class MilestoneCode(models.TextChoices):
    """The ten milestones in which the report's GP-09 is split, in order."""

    CALL_ISSUED = "call_issued", _("Call issued")
    CALL_CLOSED = "call_closed", _("Reception of applications closes")
    DOCUMENTS_DELIVERED = "documents_delivered", _("Corrected documents delivered")
    RULING = "ruling", _("Ruling")
    RESULTS_PUBLISHED = "results_published", _("Results published")
    AGREEMENTS_SIGNED = "agreements_signed", _("Agreements signed")
    BENEFIT_DELIVERED = "benefit_delivered", _("Support delivered")
    PROJECT_OPERATION = "project_operation", _("Projects in operation")
    REPORTS_DELIVERED = "reports_delivered", _("Reports delivered")
    VERIFICATION_CLOSED = "verification_closed", _("Verification closed")


class Side(models.TextChoices):
    """Who owes the milestone."""

    AGENCY = "agency", _("Agency")
    CSO = "cso", _("Organization")
    COMMITTEE = "committee", _("Committee")
    BOTH = "both", _("Both")


class Unit(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    BUSINESS = "business", _("business days")


class Milestone(Block):
    """A milestone on a date, or so many days of a unit after another one; ``latest`` leaves a range."""

    code = models.CharField(_("milestone"), max_length=30, choices=MilestoneCode)
    side = models.CharField(_("who answers for it"), max_length=10, choices=Side)
    on = models.DateField(_("date"), null=True, blank=True)
    latest = models.DateField(_("at the latest"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, blank=True)
    after = models.CharField(_("counted from"), max_length=30, choices=MilestoneCode, blank=True)

    columns = ("code", "side", "on", "latest", "days", "unit", "after")
    reading_columns = ("code", "side", Term(_("when")), "latest")
    named_by = ("code",)
    can_be_copied = False

    class Meta(Block.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("schedule")
        constraints = [
            *Block.Meta.constraints,
            models.CheckConstraint(
                condition=Q(on__isnull=False, days=None, after="")
                | (Q(on=None, days__isnull=False) & ~Q(after="") & ~Q(unit="")),
                name="milestone_is_a_date_or_a_rule",
                violation_error_message=_(
                    "Give either a date, or a number of days, their unit "
                    "and the milestone they are counted from."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latest=None) | Q(on=None) | Q(latest__gte=models.F("on")),
                name="milestone_range_runs_forward",
                violation_error_message=_("The latest date must not come before the date."),
            ),
        ]

    def __str__(self):
        return self.get_code_display()
