"""Promises: the dates of a published call, appended and never overwritten; lateness is derived."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts import dates as spoken
from calls import ledger, schedule, words
from calls.models import ActualDate, Call, PlannedDate
from calls.states import CallState
from documents import renderings
from jobs import locks
from programs.models import MilestoneCode

PROMISED_IN = (CallState.PUBLISHED, CallState.SEALED, CallState.RELEASED)


class CannotPromise(Exception):
    """Why the date of a milestone cannot be changed; ``field`` says which entry it is about."""

    def __init__(self, message, field="on"):
        super().__init__(message)
        self.field = field


class CannotRecord(Exception):
    """Why the real date of a milestone cannot be recorded; ``field`` says which entry it is about."""

    def __init__(self, message, field="on"):
        super().__init__(message)
        self.field = field


# Changing a promise


@transaction.atomic
def change_date(call, milestone, on, *, reason, by, at=None):
    """Promise another date for a milestone, with its reason. The former one stays readable.

    Dates that the Rules count from this one follow it, with the same reason. A promise whose day has
    passed is not changed: it is late, and what happened is recorded.
    """
    call, at = _held(call, by), acts.moment(at)
    today = schedule.local_day(at, call.zone)
    current = ledger.dates_of(call)
    _check_change(call, milestone, on, reason, current, today)
    changed = _with_followers(call, milestone, on, current)
    if pair := schedule.first_out_of_order({**current, **changed}):
        raise CannotPromise(_order_refusal(pair))
    for code, day in changed.items():
        append(call, code, day, reason=reason.strip(), by=by, at=at)
    acts.record("call.change_date", call, by=by, at=at, note=f"{milestone} {on.isoformat()}")
    render_documents(call, by=by, at=at)
    return call


def _with_followers(call, milestone, on, current):
    """The dates that change: the milestone's own, and those not yet happened that the Rules count from it."""
    rules, holidays = ledger.milestones_of(call), ledger.non_working_days()
    wanted = {**current, milestone: on}
    rule = next((rule for rule in rules if rule.code == milestone), None)
    if refusal := ledger.out_of_bounds(call, rule, on, wanted, holidays):
        raise CannotPromise(refusal)
    happened = set(call.actual_dates.values_list("milestone", flat=True))
    followers = [rule for rule in rules if rule.code in schedule.followers(rules, milestone) - happened]
    settled = schedule.settle(followers, wanted, holidays)
    return {code: day for code, day in settled.items() if day != current.get(code)}


def _check_change(call, milestone, on, reason, current, today):
    if milestone not in current:
        raise CannotPromise(_("The call has no such milestone."), "milestone")
    if milestone in schedule.OF_THE_WINDOW:
        raise CannotPromise(
            _("The reception of a published call is not moved here: organizations count on it."), "milestone"
        )
    if call.actual_dates.filter(milestone=milestone).exists():
        raise CannotPromise(_("This has already happened: its date is no longer a promise."), "milestone")
    if current[milestone] < today:
        raise CannotPromise(
            _("This date has passed, so it is late. Record when it happens and why, instead of moving it."),
            "milestone",
        )
    if on == current[milestone]:
        raise CannotPromise(_("That is the date already promised: write another one."))
    if on < today:
        raise CannotPromise(_("That day has passed: promise one that has not."))
    if not reason.strip():
        raise CannotPromise(_("Say why the date changes: it is published beside the former date."), "reason")


def _order_refusal(pair):
    before, after = (MilestoneCode(code).label for code in pair)
    return _("With that date, “%(after)s” would come before “%(before)s”.") % {
        "after": after,
        "before": before,
    }


def append(call, milestone, on, *, reason, by, at):
    """Promise another date after the ones that stand. For acts that move a date."""
    last = (
        call.planned_dates.filter(milestone=milestone).order_by("-number").values_list("number", flat=True)[0]
    )
    return PlannedDate.objects.create(
        call=call, milestone=milestone, on=on, reason=reason, number=last + 1, is_promise=True, by=by, at=at
    )


# Recording what happened


@transaction.atomic
def record_actual(call, milestone, on, *, by, reason="", at=None):
    """Record the day on which a milestone happened; a late one says why. Raises CannotRecord."""
    call, at = _held(call, by), acts.moment(at)
    if milestone in schedule.WRITTEN_BY_ACTS:
        raise CannotRecord(_("The portal records this date by itself when it happens."), "milestone")
    if on > schedule.local_day(at, call.zone):
        raise CannotRecord(_("That day has not come yet: record what has happened."))
    if on < schedule.local_day(call.opens_at, call.zone):
        raise CannotRecord(_("That day is before the reception opened: check the date."))
    actual = write_actual(call, milestone, on, by=by, at=at, reason=reason)
    acts.record("call.record_actual", call, by=by, at=at, note=f"{milestone} {on.isoformat()}")
    render_documents(call, by=by, at=at)
    return actual


def write_actual(call, milestone, on, *, by, at, reason=""):
    """Keep the real date of a milestone, with the reason when it is late. For acts that cause it."""
    if call.actual_dates.filter(milestone=milestone).exists():
        raise CannotRecord(_("The date on which this happened is recorded already."), "milestone")
    planned = ledger.dates_of(call).get(milestone)
    late = planned and schedule.delay(planned, on, ledger.non_working_days())
    if late and not reason.strip():
        raise CannotRecord(
            _("It comes %(days)s after the promise (%(planned)s): say why, it is published with the date.")
            % {"days": words.calendar_days(late.calendar), "planned": spoken.day_in_words(planned)},
            "reason",
        )
    return ActualDate.objects.create(
        call=call, milestone=milestone, on=on, reason=reason.strip() if late else "", by=by, at=at
    )


def check_operator(call, by):
    if not by.has_perm("calls.manage_call", call):
        raise PermissionDenied(_("Only an operator of the agency can do this with its call."))


def _held(call, by):
    """The call, held alone while one of its promises changes."""
    check_operator(call, by)
    (held,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    if held.state not in PROMISED_IN:
        raise acts.ActNotPossible(held, "call.promise")
    return held


# What is rendered of them


def render_documents(call, *, by, at):
    """Ask for the announcement, the schedule and the poster as they now stand; what is unchanged stays."""
    for kind in ("announcement", "call-schedule", "call-poster"):
        renderings.request(kind, call.folio, by=by, at=at)
