"""When the milestones of an edition fall: dates, or days counted from another milestone. Pure."""

from programs import workdays
from programs.models.blocks.schedule import MilestoneCode, Unit

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


def in_order(milestones):
    """The milestones as the process runs, whatever order they were typed in."""
    return sorted(milestones, key=lambda milestone: ORDER.index(milestone.code))
