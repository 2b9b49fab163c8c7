"""Calendar and business days, and the time that a period covers. Pure: the non-working days are given.

A term counts from the day after the one that starts it. Saturdays, Sundays and the days given as
non-working are skipped where business days are counted, and only there.
"""

from datetime import timedelta

ONE_DAY = timedelta(days=1)


def is_workday(day, holidays):
    return day.weekday() < 5 and day not in holidays


def next_workday(day, holidays=frozenset()):
    """The day itself when it is worked, or the first one after it that is."""
    while not is_workday(day, holidays):
        day += ONE_DAY
    return day


def add_days(start, days, *, business, holidays=frozenset()):
    """The day on which a term of ``days`` ends, counted from the day after ``start``."""
    if not business:
        return start + timedelta(days=days)
    day = start
    while days:
        day += ONE_DAY
        days -= is_workday(day, holidays)
    return day


def count_days(start, end, *, business, holidays=frozenset()):
    """How many days passed from ``start`` (not counted) to ``end`` (counted); negative when it ran back."""
    if end < start:
        return -count_days(end, start, business=business, holidays=holidays)
    calendar = (end - start).days
    if not business:
        return calendar
    return sum(is_workday(start + timedelta(days=n), holidays) for n in range(1, calendar + 1))


def window(first, last):
    """How many calendar days a window has, both ends included."""
    return (last - first).days + 1


def covers(first, after, moment):
    """Whether a half-open time covers a moment: the first one is inside, the one after its end is not."""
    return first <= moment < after
