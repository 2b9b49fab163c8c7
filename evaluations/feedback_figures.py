"""Reads: how feedback goes, by call and by agency, as anybody may read it: numbers that point at nobody."""

from dataclasses import dataclass, field
from statistics import median

from django.utils import timezone

from calls import ledger, question_clock, schedule
from evaluations import small_cells
from evaluations.models import FeedbackReason, FeedbackRequest

HOW = ("answered", "open")


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
    """What was counted of each call, by its row; of all of them unless some are given. In business days."""
    holidays, now, found = ledger.non_working_days(), now or timezone.now(), {}
    asked = FeedbackRequest.objects.all()
    if calls is not None:
        asked = asked.filter(application__call__in=calls)
    rows = asked.values_list(
        "application__call", "application__call__zone", "asked_at", "answered_at", "due_on", "main_reason",
        "state",
    )  # fmt: skip
    for call, *row in rows:
        _count(found.setdefault(call, Counted()), *row, now=now, holidays=holidays)
    return found


def _count(counts, zone, asked_at, answered_at, due_on, reason, state, *, now, holidays):
    ended = schedule.local_day(answered_at or now, zone)
    counts.late += ended > due_on
    if state == "requested":
        counts.open += 1
        return
    counts.answered += 1
    counts.reasons[reason] += 1
    asked_on = schedule.local_day(asked_at, zone)
    counts.days.append(question_clock.business_days(asked_on, ended, holidays))
