"""The terms that run from a result: until when feedback and remedies can be asked for, until when answered.

A term is counted from the day after the notice, in the days that the Rules say, and its last day is whole:
what arrives before the next one begins is in time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from calls import ledger, schedule
from evaluations import standing
from programs import workdays
from programs.models import FeedbackWindow, MilestoneCode, Remedy
from programs.models.blocks.schedule import Unit


@dataclass(frozen=True)
class Term:
    """A last day, and the instant from which it is over: that one is not in it."""

    last_day: date
    closes_at: datetime

    def is_open(self, now):
        return now < self.closes_at


def last_day(start, days, unit, holidays):
    return workdays.add_days(start, days, business=unit == Unit.BUSINESS, holidays=holidays)


def term(start, days, unit, *, zone, holidays):
    """The term of ``days`` that begins the day after ``start``."""
    last = last_day(start, days, unit, holidays)
    return Term(last, end_of(last, zone))


def end_of(day, zone):
    """The instant in which a day is over: the first one of the next."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))


def is_late(due_on, ended_at, zone):
    """Whether what was due is late, or was when it ended: the last day is in time."""
    return due_on is not None and schedule.local_day(ended_at or timezone.now(), zone) > due_on


def notice_day(call):
    """The day on which every organization was told its result: all at once."""
    return schedule.local_day(call.released_at, call.zone)


def window_of(call):
    """The block of the Rules about feedback, or None where they offer none."""
    found = FeedbackWindow.objects.of_publication(call.publication_id)
    return standing.published(call, "feedback_window", found.first)


def feedback_term(call, holidays=None):
    """Until when feedback may be asked for; None where the Rules offer none.

    It is counted from the milestone that the Rules say, but never from before the notice: nobody loses days
    in which the result was still secret.
    """
    window = window_of(call)
    if window is None or call.released_at is None:
        return None
    start = max(notice_day(call), _day_of(call, window.after) or date.min)
    found = ledger.non_working_days() if holidays is None else holidays
    return term(start, window.days, window.unit, zone=call.zone, holidays=found)


def _day_of(call, milestone):
    """The day on which a milestone happened, or else the one for which it is promised."""
    if milestone == MilestoneCode.RESULTS_PUBLISHED:
        return notice_day(call)
    happened = call.actual_dates.filter(milestone=milestone).values_list("on", flat=True).first()
    planned = call.planned_dates.in_force().filter(milestone=milestone)
    return happened or planned.values_list("on", flat=True).first()


def remedies_of(call):
    """The remedies that the Rules of the call offer, in their order."""
    return standing.published(
        call, "remedies", lambda: list(Remedy.objects.of_publication(call.publication_id))
    )


def remedy_term(call, remedy, holidays=None):
    """The term of a remedy, counted from the notice; None where the Rules set none."""
    if not remedy.days:
        return None
    found = ledger.non_working_days() if holidays is None else holidays
    return term(notice_day(call), remedy.days, remedy.unit, zone=call.zone, holidays=found)


def decision_due_on(call, remedy, at):
    """The last day to decide what came at a moment; None where the Rules set none."""
    if not remedy.answer_days:
        return None
    day = schedule.local_day(at, call.zone)
    return last_day(day, remedy.answer_days, remedy.answer_unit, ledger.non_working_days())
