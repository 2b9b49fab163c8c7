"""Reads: how feedback goes, by call and by agency, as anybody may read it: numbers that point at nobody."""

from dataclasses import dataclass, field
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from calls import ledger, question_clock
from evaluations import small_cells
from evaluations.models import FeedbackReason, FeedbackRequest
from evaluations.states import FeedbackState

HOW = ("answered", "open")
CALL, CALL_ZONE = "application__call", "application__call__zone"


@dataclass
class Counted:
    """What was counted in one call, before anything is left out of it."""

    answered: int = 0
    open: int = 0
    late: int = 0
    days: list = field(default_factory=list)
    reasons: dict = field(default_factory=lambda: dict.fromkeys(FeedbackReason.values, 0))

    @property
    def total(self):
        return self.answered + self.open


@dataclass(frozen=True)
class Figures:
    """What is published; ``None`` is a count that is left out because it is under five."""

    total: int | None
    answered: int | None
    open: int | None
    late: int | None
    median_days: float | None
    p90_days: int | None
    reasons: dict

    @property
    def is_empty(self):
        return self.total == 0


def figures(counted):
    """What may be published of one call."""
    how = small_cells.published({name: getattr(counted, name) for name in HOW})
    small = small_cells.is_small(counted.total)
    return Figures(
        total=None if small else counted.total,
        **how,
        late=small_cells.part(counted.late, counted.total),
        median_days=_median(counted.days),
        p90_days=small_cells.percentile(counted.days, 0.9),
        reasons=small_cells.published(counted.reasons),
    )


def of_several(all_counted):
    """What may be published of several calls together, beside what is published of each."""
    pairs = [(one, figures(one)) for one in all_counted]

    def added(name):
        return small_cells.added([(getattr(one, name), getattr(shown, name)) for one, shown in pairs])

    def of_reason(reason):
        return small_cells.added([(one.reasons[reason], shown.reasons[reason]) for one, shown in pairs])

    days = [day for one in all_counted for day in one.days]
    return Figures(
        **{name: added(name) for name in ("total", "answered", "open", "late")},
        median_days=_median(days),
        p90_days=small_cells.percentile(days, 0.9),
        reasons={reason: of_reason(reason) for reason in FeedbackReason.values},
    )


def _median(days):
    return median(days) if len(days) >= small_cells.FLOOR else None


def counted(calls=None, *, now=None):
    """What was counted of each call, by its row; of all of them unless some are given. In business days.

    The database counts: of each call come as many rows as there are reasons, and pairs of days on which
    something was asked and answered.
    """
    now, found = now or timezone.now(), {}
    asked = FeedbackRequest.objects.order_by()
    if calls is not None:
        asked = asked.filter(application__call__in=calls)
    for zone in _zones(asked):
        mine = asked.filter(**{CALL_ZONE: zone})
        _count(mine, now, ZoneInfo(zone), found)
        _take_days(mine, ZoneInfo(zone), found)
    return found


def _zones(asked):
    """In whose days it is counted: each call has its own."""
    return list(asked.order_by(CALL_ZONE).values_list(CALL_ZONE, flat=True).distinct())


def _count(asked, now, zone, found):
    """How many were answered, by their reason, how many wait, and how many of either are late."""
    ended = TruncDate(Coalesce("answered_at", Value(now)), tzinfo=zone)
    rows = asked.annotate(ended=ended).values_list(CALL, "state", "main_reason")
    numbers = {"n": Count("pk"), "late": Count("pk", filter=Q(ended__gt=F("due_on")))}
    for call, state, reason, number, late in rows.annotate(**numbers):
        counts = found.setdefault(call, Counted())
        counts.late += late
        if state == FeedbackState.REQUESTED:
            counts.open += number
            continue
        counts.answered += number
        counts.reasons[reason] += number


def _take_days(asked, zone, found):
    """How many business days each answer took."""
    holidays = ledger.non_working_days()
    answered = asked.exclude(answered_at=None).annotate(
        asked_on=TruncDate("asked_at", tzinfo=zone), ended=TruncDate("answered_at", tzinfo=zone)
    )
    rows = answered.values_list(CALL, "asked_on", "ended").annotate(n=Count("pk"))
    for call, asked_on, ended, number in rows:
        days = question_clock.business_days(asked_on, ended, holidays)
        found[call].days += [days] * number
