"""Where a call stands at a moment, what the Rules let it fix, and how late it is. Pure: rows are given."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.states import CallState
from programs import workdays
from programs.models.blocks.schedule import MilestoneCode, Side, Unit

ORDER = list(MilestoneCode.values)
MINIMUM_DAYS = 30
ONE_MINUTE = timedelta(minutes=1)
# Written by the acts that make them happen: publishing, the close, the release of results
WRITTEN_BY_ACTS = (MilestoneCode.CALL_ISSUED, MilestoneCode.CALL_CLOSED, MilestoneCode.RESULTS_PUBLISHED)
OF_THE_WINDOW = (MilestoneCode.CALL_ISSUED, MilestoneCode.CALL_CLOSED)


# The window: half-open, to the minute, in the call's zone


def minute_at(day, clock, zone, *, last=False):
    """The minute that the clocks of a zone show, as an instant: what is decided hangs on no rule of zones.

    Where the clocks are put back an hour comes twice: the first one is meant, or for a close the last.
    """
    shown = datetime.combine(day, clock, ZoneInfo(zone))
    readings = (shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return max(readings) if last else min(readings)


def after_minute(minute):
    """All of minute M is accepted: what is stored is M + 1 minute, not included."""
    return minute.astimezone(UTC).replace(second=0, microsecond=0) + ONE_MINUTE


def last_minute(closes_at):
    """The minute that is printed: the last one in which an application is received."""
    return closes_at - ONE_MINUTE


def local_day(moment, zone):
    return moment.astimezone(ZoneInfo(zone)).date()


def window_days(opens_at, closes_at, zone):
    """The calendar days of a window, first and last included."""
    return workdays.window(local_day(opens_at, zone), local_day(last_minute(closes_at), zone))


# The bounds of the Rules


@dataclass(frozen=True)
class Bounds:
    """The first and the last day that the Rules allow for a milestone."""

    first: date
    last: date

    @property
    def is_one_day(self):
        return self.first == self.last

    def allow(self, day):
        return self.first <= day <= self.last

    def nearest(self, day):
        return min(max(day, self.first), self.last)


def bounds(milestone, dates, holidays=frozenset()):
    """The days that the Rules allow for ``milestone``, given the call's other dates; None if nothing does."""
    if milestone is None:
        return None
    if milestone.on:
        return Bounds(milestone.on, milestone.latest or milestone.on)
    start = dates.get(milestone.after)
    if start is None or milestone.days is None:
        return None
    business = milestone.unit == Unit.BUSINESS
    first = workdays.add_days(start, milestone.days, business=business, holidays=holidays)
    return Bounds(first, max(first, milestone.latest or first))


def settle(milestones, dates, holidays=frozenset()):
    """``dates`` brought inside the Rules: what they fix is set, what they compute follows.

    A milestone without a date gets the first day it may have. One whose rule names nothing known, or
    itself in a circle, gets none.
    """
    settled = {code: day for code, day in dates.items() if day}
    for _round in milestones:
        for milestone in milestones:
            if allowed := bounds(milestone, settled, holidays):
                settled[milestone.code] = allowed.nearest(settled.get(milestone.code, allowed.first))
    return in_order(settled)


def followers(milestones, code):
    """The codes whose dates the Rules count from ``code``, directly or through another."""
    found, frontier = set(), {code}
    while frontier := {m.code for m in milestones if m.after in frontier} - found - {code}:
        found |= frontier
    return found


def in_order(dates):
    return {code: dates[code] for code in ORDER if code in dates}


def first_out_of_order(dates):
    """The first pair of milestones of which the later one in the process has the earlier date, or None."""
    codes = [code for code in ORDER if code in dates]
    for before, after in pairwise(codes):
        if dates[after] < dates[before]:
            return before, after
    return None


# Phase: derived, never stored


class Phase(models.TextChoices):
    """Where a call stands at a moment, for everybody."""

    DRAFT = "draft", _("In preparation")
    ANNOUNCED = "announced", _("Coming")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Reception over")
    EVALUATION = "evaluation", _("In evaluation")
    RESULTS = "results", _("With results")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")
    VOID = "void", _("Void")


PHASE_OF_STATE = {
    CallState.DRAFT: Phase.DRAFT,
    CallState.SEALED: Phase.EVALUATION,
    CallState.RELEASED: Phase.RESULTS,
    CallState.FINISHED: Phase.FINISHED,
    CallState.CANCELLED: Phase.CANCELLED,
    CallState.VOID: Phase.VOID,
}


def phase(call, *, at):
    """The phase of a call at a moment: its state and, while published, its window."""
    if call.state != CallState.PUBLISHED:
        return PHASE_OF_STATE[call.state]
    if at < call.opens_at:
        return Phase.ANNOUNCED
    return Phase.OPEN if at < call.closes_at else Phase.CLOSED


# Promises: planned beside actual


@dataclass(frozen=True)
class Delay:
    """By how many days something came after its promise, in calendar and in business days."""

    calendar: int
    business: int


def delay(planned, actual, holidays=frozenset()):
    """How late ``actual`` is, or None when it is not."""
    if actual <= planned:
        return None
    days = (planned + timedelta(days=n) for n in range(1, (actual - planned).days + 1))
    return Delay((actual - planned).days, sum(workdays.is_workday(day, holidays) for day in days))


class PromiseStatus(models.TextChoices):
    KEPT = "kept", _("Kept")
    LATE = "late", _("Late")
    OVERDUE = "overdue", _("Overdue")
    DUE = "due", _("Due")


def promise_status(planned, actual, *, today):
    if actual:
        return PromiseStatus.KEPT if actual <= planned else PromiseStatus.LATE
    return PromiseStatus.OVERDUE if today > planned else PromiseStatus.DUE


@dataclass(frozen=True)
class Promise:
    """One milestone of a call: the date in force, the former ones, what happened and how late."""

    milestone: str
    side: str
    rule: object
    planned: object
    former: tuple
    actual: object
    status: str
    delay: Delay | None

    @property
    def label(self):
        return MilestoneCode(self.milestone).label

    @property
    def side_label(self):
        return Side(self.side).label if self.side else ""

    @property
    def status_label(self):
        return PromiseStatus(self.status).label

    @property
    def is_kept(self):
        return self.status == PromiseStatus.KEPT

    @property
    def is_pending(self):
        return self.actual is None


def ledger(milestones, planned_dates, actual_dates, *, today, holidays=frozenset()):
    """The promises of one call in the order of the process, from its rows."""
    rules = {milestone.code: milestone for milestone in milestones}
    actual = {row.milestone: row for row in actual_dates}
    planned = defaultdict(list)
    for row in sorted(planned_dates, key=lambda row: row.number):
        planned[row.milestone].append(row)
    return [
        _promise(code, rules.get(code), planned[code], actual.get(code), today, holidays)
        for code in ORDER
        if planned.get(code)
    ]


def _promise(code, rule, dates, actual, today, holidays):
    current, happened = dates[-1], actual.on if actual else None
    status = promise_status(current.on, happened, today=today)
    late_on = happened or today
    return Promise(
        milestone=code,
        side=rule.side if rule else Side.AGENCY,
        rule=rule,
        planned=current,
        former=tuple(dates[:-1]),
        actual=actual,
        status=status,
        delay=delay(current.on, late_on, holidays),
    )


# The cycle and the turn


class StageCode(models.TextChoices):
    RULES = "rules", _("Rules")
    CALL = "call", _("Call")
    RECEPTION = "reception", _("Reception")
    EVALUATION = "evaluation", _("Evaluation")
    RESULTS = "results", _("Results")
    AGREEMENT = "agreement", _("Agreement")
    EXECUTION = "execution", _("Execution")
    VERIFICATION = "verification", _("Verification")


# The milestone whose date is shown under each stage
ENDS = {
    StageCode.CALL: MilestoneCode.CALL_ISSUED,
    StageCode.RECEPTION: MilestoneCode.CALL_CLOSED,
    StageCode.EVALUATION: MilestoneCode.RULING,
    StageCode.RESULTS: MilestoneCode.RESULTS_PUBLISHED,
    StageCode.AGREEMENT: MilestoneCode.AGREEMENTS_SIGNED,
    StageCode.EXECUTION: MilestoneCode.PROJECT_OPERATION,
    StageCode.VERIFICATION: MilestoneCode.VERIFICATION_CLOSED,
}
CURRENT_STAGE = {
    Phase.DRAFT: StageCode.CALL,
    Phase.ANNOUNCED: StageCode.CALL,
    Phase.OPEN: StageCode.RECEPTION,
    Phase.CLOSED: StageCode.EVALUATION,
    Phase.EVALUATION: StageCode.EVALUATION,
}
AFTER_RESULTS = (StageCode.AGREEMENT, StageCode.EXECUTION, StageCode.VERIFICATION)


@dataclass(frozen=True)
class Stage:
    """A stage of the cycle: done, current or to come, with the day it ends (or ended)."""

    code: str
    status: str
    on: date | None
    until: datetime | None = None

    @property
    def label(self):
        return StageCode(self.code).label

    @property
    def is_current(self):
        return self.status == "current"


def current_stage(call_phase, promises):
    """The stage in which a call is; None once it is over. After the results, the first one not yet ended."""
    if call_phase != Phase.RESULTS:
        return CURRENT_STAGE.get(call_phase)
    happened = {promise.milestone for promise in promises if promise.actual}
    return next((stage for stage in AFTER_RESULTS if ENDS[stage] not in happened), None)


def stages(call, promises, *, published_on, at):
    """The cycle bar of a call at a moment."""
    where = current_stage(phase(call, at=at), promises)
    codes = list(StageCode)
    place = codes.index(where) if where else _stages_behind(call)
    days = {promise.milestone: (promise.actual or promise.planned).on for promise in promises}
    return [
        Stage(
            code=code,
            status="done" if index < place else "current" if code == where else "todo",
            on=published_on if code == StageCode.RULES else days.get(ENDS[code]),
            until=last_minute(call.closes_at) if code == StageCode.RECEPTION and call.closes_at else None,
        )
        for index, code in enumerate(codes)
    ]


def _stages_behind(call):
    """How many stages are over in a call that has no current one: all, or those before it was ended."""
    if call.state not in (CallState.CANCELLED, CallState.VOID):
        return len(StageCode)
    reached = (
        StageCode.RESULTS if call.released_at else StageCode.RECEPTION if call.sealed_at else StageCode.CALL
    )
    return list(StageCode).index(reached) + 1


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, for what, and until when (a minute where there is one, else a day)."""

    side: str
    milestone: str
    on: date
    until: datetime | None
    days_left: int
    is_overdue: bool

    @property
    def label(self):
        return MilestoneCode(self.milestone).label

    @property
    def side_label(self):
        return Side(self.side).label


def turn(call, promises, *, at):
    """Whose turn it is: the agency until the window opens, organizations while it is open, then the side
    of the next milestone that has not happened. None in a draft and once everything happened."""
    now, today = phase(call, at=at), local_day(at, call.zone)
    if now == Phase.ANNOUNCED:
        return _turn(Side.AGENCY, MilestoneCode.CALL_ISSUED, call.opens_at, call.zone, today)
    if now == Phase.OPEN:
        return _turn(Side.CSO, MilestoneCode.CALL_CLOSED, last_minute(call.closes_at), call.zone, today)
    if now not in (Phase.CLOSED, Phase.EVALUATION, Phase.RESULTS):
        return None
    pending = (p for p in promises if p.is_pending and p.milestone not in OF_THE_WINDOW)
    if (coming := next(pending, None)) is None:
        return None
    left = (coming.planned.on - today).days
    return Turn(coming.side, coming.milestone, coming.planned.on, None, max(left, 0), left < 0)


def _turn(side, milestone, until, zone, today):
    on = local_day(until, zone)
    return Turn(side, milestone, on, until, (on - today).days, False)
