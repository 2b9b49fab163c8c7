"""When things fall: dates, or days counted from a milestone or an instalment, and why. Pure."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from programs import workdays
from programs.models.blocks.schedule import MilestoneCode, Unit
from programs.models.blocks.spending import PlannedPayment

ORDER = list(MilestoneCode.values)


@dataclass(frozen=True)
class Counted:
    """A term as it is counted: from which day, how many days, until which day, and the days it skips."""

    start: date
    days: int
    is_business: bool
    ends: date
    skipped: list


@dataclass(frozen=True)
class Conflict:
    """A milestone that falls before one that comes first in the process."""

    before: object
    after: object


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
    found = counted(row, contents)
    return found.ends if found else None


def counted(row, contents):
    """How the term of a row is counted; nothing when it holds a date, or nothing to count from."""
    start, days = _start(row, contents), getattr(row, "days", None)
    if start is None or days is None or getattr(row, "on", None):
        return None
    business = row.unit == Unit.BUSINESS
    ends = workdays.add_days(start, days, business=business, holidays=contents.holidays)
    skipped = [day for day in contents.non_working if _is_skipped(day.on, start, ends)] if business else []
    return Counted(start, days, business, ends, skipped)


def _is_skipped(day, start, ends):
    """A day that would have counted, had it been worked. Saturdays and Sundays never count."""
    return start < day <= ends and day.weekday() < 5


def _start(row, contents):
    """The day that a rule counts from."""
    if key := getattr(row, "payment_key", ""):
        payment = next((one for one in contents.rows(PlannedPayment) if one.key == key), None)
        return due(payment, contents) if payment else None
    return contents.dates.get(getattr(row, "after", ""))


def in_order(milestones):
    """The milestones as the process runs, whatever order they were typed in."""
    return sorted(milestones, key=lambda milestone: ORDER.index(milestone.code))


def conflicts(milestones, dates):
    """Each milestone that falls before the one that comes first in the process."""
    dated = [row for row in in_order(milestones) if row.code in dates]
    return [Conflict(first, then) for first, then in pairwise(dated) if dates[then.code] < dates[first.code]]
