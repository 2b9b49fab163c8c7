"""An amendment that says so reaches the calls whose reception has not ended: dates, contacts, dissemination.

Dates only come later, so that no window is shortened under those who apply; what applications are written
against (requirements, questions, criteria, amounts, seats) stays that of the publication that a call was
opened from. Each call is taken alone, its former dates stay struck through, its organizations are told.
"""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts import dates as spoken
from calls import ledger, moving, schedule
from calls.actions import extensions, news, promises, telling
from calls.models import Call, News
from calls.states import CallState
from jobs import locks
from programs.models import (
    BLOCK_MODELS,
    Contact,
    DisseminationAction,
    Milestone,
    MilestoneCode,
)

REACHING = (Milestone, Contact, DisseminationAction)


@dataclass(frozen=True)
class Reached:
    """One call: the dates that move, the close it gets when that moves, and who will be written to."""

    call: Call
    moves: list
    closes_at: datetime | None = None
    told: telling.Recipients | None = None

    @property
    def beyond(self):
        """The dates that the amended Rules do not allow where the others push them."""
        return [move for move in self.moves if not move.is_allowed]


@dataclass(frozen=True)
class Preview:
    """The calls that would be reached, and the kinds of data that change without reaching any."""

    calls: list
    not_reaching: list = field(default_factory=list)


def open_calls(edition, *, now):
    """The calls of an edition whose reception has not ended: the only ones that an amendment reaches."""
    return Call.objects.filter(
        state=CallState.PUBLISHED, closes_at__gt=now, publication__edition=edition
    ).order_by("pk")


def preview(edition, says, *, now):
    """What publishing an amendment would do to each open call of its edition. Changes nothing."""
    found = []
    for call in open_calls(edition, now=now).with_program():
        reached = _planned(call, says.rows(Milestone), now)
        found.append(Reached(call, reached.moves, reached.closes_at, telling.recipients(call)))
    return Preview(found, _changed_without_reaching(edition, says) if found else [])


@transaction.atomic
def carry(publication, *, by, at):
    """Let a published amendment reach every open call of its edition, each by an act of its own."""
    now = acts.moment(at)
    for call in locks.exclusive(open_calls(publication.edition, now=now)):
        _reach(call, publication, by=by, at=now)


def _reach(call, publication, *, by, at):
    rules = list(Milestone.objects.of_publication(publication))
    reached, reason = _planned(call, rules, at), publication.amendment.reaching_reason
    call.amended_by = publication
    call.save(update_fields=["amended_by"])
    if reached.closes_at:
        extensions.write(
            call,
            extensions.Plan(reached.closes_at, reached.moves, []),
            reason=reason,
            by=by,
            at=at,
            authority=extensions.Authority(publication.code, _gazette(publication)),
        )
    else:
        for move in reached.moves:
            promises.append(call, move.milestone, move.after, reason=reason, by=by, at=at)
    acts.record("call.reach", call, by=by, at=at, note=publication.code)
    promises.render_documents(call, by=by, at=at)
    _tell(call, publication, reached, at=at)
    news.announce(call, News.Kind.REACHED, number=publication.number, at=at)


def _planned(call, rules, now):
    """The dates of a call that move under other Rules, and its close when that is one of them."""
    today, dates = schedule.local_day(now, call.zone), ledger.dates_of(call)
    happened = set(call.actual_dates.values_list("milestone", flat=True))
    passed = {code for code, day in dates.items() if day < today}
    kept = happened | passed | {MilestoneCode.CALL_ISSUED}
    moves = moving.moves(rules, dates, kept=kept, holidays=ledger.non_working_days())
    close = next((move for move in moves if move.milestone == MilestoneCode.CALL_CLOSED), None)
    return Reached(call, moves, _close_on(call, close.after) if close else None)


def _close_on(call, day):
    """The same minute of another day."""
    last = schedule.last_minute(call.closes_at).astimezone(ZoneInfo(call.zone))
    return schedule.after_minute(schedule.minute_at(day, last.time(), call.zone, last=True))


def _gazette(publication):
    """The citation of the gazette, the same in every language."""
    return f"{publication.gazette_date:%d/%m/%Y}, {publication.gazette_volume}, {publication.gazette_number}"


def _changed_without_reaching(edition, says):
    """The kinds of data that the amendment changes and that stay in open calls as they were."""
    last = edition.publications.order_by("number").last()
    return [
        str(model._meta.verbose_name_plural)
        for model in BLOCK_MODELS
        if model not in REACHING and _said(says.rows(model)) != _said(model.objects.of_publication(last))
    ]


def _said(rows):
    """What rows say, whoever holds them."""
    told = [
        {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields} for row in rows
    ]
    for row in told:
        for name in ("id", "edition_id", "publication_id", "position"):
            row.pop(name)
    return sorted(told, key=lambda row: row["key"])


def _tell(call, publication, reached, *, at):
    named = {"call": call.title, "number": publication.number}

    def said():
        text = _("Amendment %(number)s to the Rules of Operation reaches “%(call)s”.") % named
        moved = [
            _("%(milestone)s: %(after)s (it was %(before)s).")
            % {
                "milestone": move.label,
                "after": spoken.day_in_words(move.after),
                "before": spoken.day_in_words(move.before),
            }
            for move in reached.moves
        ]
        kept = _("Requirements, questions, criteria and amounts stay as they were when the call opened.")
        return " ".join([text, *moved, kept, telling.closing(publication.amendment.reaching_reason)])

    telling.tell(
        call,
        kind="call.reached",
        subject=lambda: _("The Rules were amended: %(call)s") % named,
        body=said,
        at=at,
    )
