"""When the milestones of an edition fall: dates, or days counted from another milestone. Pure."""

from programs import workdays
from programs.models.blocks.schedule import MilestoneCode, Unit
from programs.models.blocks.spending import PlannedPayment

ORDER = list(MilestoneCode.values)


def planned(milestones, holidays=frozenset()):
    """The date of each milestone that has one, by code.

    A rule counts from the milestone it names; one that names nothing known, or itself in a circle,
    has no date.
    """
    by_code = {milestone.code: milestone for milestone in milestones}
    return {code: day for code in by_code if (day := _date(code, by_code, holidays, seen=frozenset()))}


def _date(code, by_code, holidays, seen):
    milestone = by_code.get(code)
    if milestone is None or code in seen:
        return None
    if milestone.on:
        return milestone.on
    start = _date(milestone.after, by_code, holidays, seen | {code})
    if start is None or milestone.days is None:
        return None
    return workdays.add_days(
        start, milestone.days, business=milestone.unit == Unit.BUSINESS, holidays=holidays
    )


def due(row, contents):
    """The day on which a row with a date or a rule falls: a milestone, an instalment or a report.

    An instalment counts from a milestone; a report from a milestone or from an instalment.
    """
    if on := getattr(row, "on", None):
        return on
    if code := getattr(row, "code", ""):
        return contents.dates.get(code)
    start = _start(row, contents)
    if start is None or row.days is None:
        return None
    return workdays.add_days(start, row.days, business=row.unit == Unit.BUSINESS, holidays=contents.holidays)


def _start(row, contents):
    """The day that a rule counts from."""
    if key := getattr(row, "payment_key", ""):
        payment = next((one for one in contents.rows(PlannedPayment) if one.key == key), None)
        return due(payment, contents) if payment else None
    return contents.dates.get(getattr(row, "after", ""))


def in_order(milestones):
    """The milestones as the process runs, whatever order they were typed in."""
    return sorted(milestones, key=lambda milestone: ORDER.index(milestone.code))
