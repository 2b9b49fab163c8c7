"""The clock of the public questions of a call: when an answer is due, what is late, how long they take. Pure.

The Rules carry no such term, so it is the portal's own. It is counted in business days from the day after
the question; the day on which it ends is whole, as that of every other term.
"""

from dataclasses import dataclass
from datetime import date
from statistics import median

from programs import workdays


@dataclass(frozen=True)
class Asked:
    """One question as the clock sees it: its days, and the one on which it was settled if it was."""

    on: date
    due_on: date
    settled_on: date | None = None

    def is_late(self, today):
        return (self.settled_on or today) > self.due_on


@dataclass(frozen=True)
class Clock:
    """How a call stands with its questions; ``median_days`` is in business days, None before any answer."""

    settled: int
    settled_late: int
    waiting: int
    waiting_late: int
    median_days: float | None
    next_due: date | None

    @property
    def total(self):
        return self.settled + self.waiting


def due_on(asked_on, days, holidays):
    """The last day for the answer to a question."""
    return workdays.add_days(asked_on, days, business=True, holidays=holidays)


def business_days(start, end, holidays):
    return workdays.count_days(start, end, business=True, holidays=holidays)


def read(questions, *, today, holidays):
    """The clock of a call. ``today`` is the day on which the call ended, once it did."""
    settled = [one for one in questions if one.settled_on]
    waiting = [one for one in questions if not one.settled_on]
    took = [business_days(one.on, one.settled_on, holidays) for one in settled]
    return Clock(
        settled=len(settled),
        settled_late=sum(one.is_late(today) for one in settled),
        waiting=len(waiting),
        waiting_late=sum(one.is_late(today) for one in waiting),
        median_days=median(took) if took else None,
        next_due=min((one.due_on for one in waiting), default=None),
    )
