"""When something is due: on a date, or so many days of a unit after a milestone of the schedule."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.schedule import MilestoneCode, Unit

HALF_A_RULE = _(
    "Give either a date, or a number of days, their unit and what they are counted from. "
    "It may also be left for later: then leave all of them empty."
)
HALF_A_TERM = _("Give the number of days, their unit and what they are counted from, or none of them.")
NO_UNIT = _("Say whether they are calendar or business days.")


def date_field():
    return models.DateField(_("date"), null=True, blank=True)


def days_field(label=None, **options):
    return models.PositiveSmallIntegerField(label or _("days"), null=True, blank=True, **options)


def unit_field(label=None):
    return models.CharField(label or _("unit"), max_length=10, choices=Unit, blank=True)


def milestone_field():
    return models.CharField(_("counted from"), max_length=30, choices=MilestoneCode, blank=True)


COUNTED = Q(days__isnull=False) & ~Q(unit="") & ~Q(after="")
NOT_COUNTED = Q(days=None, after="")


def date_or_rule(name):
    """A date, a whole rule, or nothing yet; never both, never half a rule."""
    return models.CheckConstraint(
        condition=NOT_COUNTED | (Q(on=None) & COUNTED), name=name, violation_error_message=HALF_A_RULE
    )


def whole_rule(name):
    """A whole rule, or nothing yet."""
    return models.CheckConstraint(
        condition=NOT_COUNTED | COUNTED, name=name, violation_error_message=HALF_A_TERM
    )


def unit_with_days(days, unit, name):
    """Days and their unit go together."""
    together = Q(**{f"{days}__isnull": False}) & ~Q(**{unit: ""})
    return models.CheckConstraint(
        condition=together | Q(**{days: None}), name=name, violation_error_message=NO_UNIT
    )
