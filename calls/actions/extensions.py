"""Extending the reception of a published call: a later close, before the present one comes, with its reason.

The extension takes the call alone, as the close does: of an extension and the close that race, one wins,
and what arrives after the former cut-off is received if and only if the extension was committed.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import acts
from accounts import dates as spoken
from calls import ledger, moving, schedule
from calls.actions import news, promises, telling
from calls.models import Call, Extension, News
from calls.states import CallState
from jobs import locks
from programs.models import MilestoneCode


class CannotExtend(acts.Refused):
    """Why the reception is not extended; ``field`` says which entry of the form it is about."""


@dataclass(frozen=True)
class Authority:
    """What allows an extension beyond the Rules: who authorised it and where it was published."""

    name: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Plan:
    """What an extension changes: the close, the dates that move with it, and what the Rules do not allow."""

    closes_at: datetime
    moves: list
    beyond: list


def why_not(call, *, now):
    """Why the reception of a call cannot be extended at a moment; nothing while it can."""
    if call.state != CallState.PUBLISHED:
        return _("Only a published call whose reception has not been closed is extended.")
    if now >= call.closes_at:
        ended = spoken.moment_in_words(schedule.last_minute(call.closes_at))
        return _("The reception ended on %(ended)s: it can be extended only before.") % {"ended": ended}
    return ""


def plan(call, closes_minute, *, now):
    """What extending a call to a last minute would change. Changes nothing. Raises CannotExtend."""
    if reason := why_not(call, now=now):
        raise CannotExtend(reason)
    closes_at = schedule.after_minute(closes_minute)
    if closes_at <= call.closes_at:
        present = spoken.moment_in_words(schedule.last_minute(call.closes_at))
        raise CannotExtend(
            _("The reception closes on %(present)s: an extension closes later.") % {"present": present},
            "closes_on",
        )
    last_day = schedule.local_day(closes_minute, call.zone)
    return Plan(closes_at, *_moves(call, {MilestoneCode.CALL_CLOSED: last_day}))


def _moves(call, chosen):
    """The dates that move, and one sentence for each that the Rules do not allow."""
    rules, dates, holidays = ledger.milestones_of(call), ledger.dates_of(call), ledger.non_working_days()
    kept = set(call.actual_dates.values_list("milestone", flat=True))
    found = moving.moves(rules, dates, kept=kept, chosen=chosen, holidays=holidays)
    after = moving.applied(dates, found)
    beyond = [
        ledger.out_of_bounds(call, move.rule, move.after, after, holidays)
        for move in found
        if not move.is_allowed
    ]
    return found, beyond


@transaction.atomic
def extend(call, closes_minute, *, reason, by, authority=None, at=None):
    """Let a published call receive until the end of a later minute. Raises CannotExtend.

    The former close and the dates that move with it stay readable, struck through; who began or sent an
    application is told. Beyond what the Rules allow, who authorised it and the reference are owed.
    """
    promises.check_operator(call, by)
    (held,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    now, authority = acts.reception(at), authority or Authority()
    planned = plan(held, closes_minute, now=now)
    _refuse_unexplained(planned, reason, authority)
    extension = write(held, planned, reason=reason.strip(), by=by, at=now, authority=authority)
    acts.record("call.extend", held, by=by, at=now, note=_in_short(extension))
    promises.render_documents(held, by=by, at=now)
    _tell(extension, at=now)
    news.announce(held, News.Kind.EXTENDED, number=extension.number, at=now)
    return extension


def _refuse_unexplained(planned, reason, authority):
    if not reason.strip():
        raise CannotExtend(
            _("Say why the reception is extended: it is published beside the former close."), "reason"
        )
    if not planned.beyond:
        return
    for field, given in (("authority", authority.name), ("reference", authority.reference)):
        if not given.strip():
            owed = _("Beyond them, say who authorised it and where it was published.")
            raise CannotExtend(" ".join([*planned.beyond, owed]), field)


def write(call, planned, *, reason, by, at, authority):
    """Keep the extension of a call held alone, and promise the dates that move with it."""
    last = call.extensions.aggregate(last=Max("number"))["last"] or 0
    extension = Extension.objects.create(
        call=call,
        number=last + 1,
        former_closes_at=call.closes_at,
        closes_at=planned.closes_at,
        reason=reason,
        authority=authority.name.strip(),
        reference=authority.reference.strip(),
        by=by,
        at=at,
    )
    call.closes_at = planned.closes_at
    call.save(update_fields=["closes_at"])
    for move in planned.moves:
        promises.append(call, move.milestone, move.after, reason=reason, by=by, at=at)
    return extension


def _in_short(extension):
    """The former close and the new one, exact, for the trail."""
    return f"{extension.former_closes_at.isoformat()} → {extension.closes_at.isoformat()}"


def _tell(extension, *, at):
    call, reason = extension.call, extension.reason
    named = {"call": call.title}

    def said():
        former = spoken.moment_in_words(schedule.last_minute(extension.former_closes_at))
        until = spoken.moment_in_words(schedule.last_minute(extension.closes_at))
        text = _("“%(call)s” receives applications until %(until)s; it used to close on %(former)s.")
        return f"{text % (named | {'former': former, 'until': until})} {telling.closing(reason)}"

    telling.tell(
        call,
        kind="call.extended",
        subject=lambda: _("Reception extended: %(call)s") % named,
        body=said,
        at=at,
    )
