"""Acts: the one way in which a state changes, with its line in the trail in the same transaction."""

import hashlib
import json
import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import TrailEntry, TrailSalt
from jobs import locks
from jobs.naming import public_name


class ActNotPossible(Exception):
    """The thing is no longer in a state that allows the act, or somebody else was first."""

    def __init__(self, thing, act):
        self.thing, self.act = thing, act
        super().__init__(
            _(
                "This cannot be done now: someone may have done it already. "
                "Reload the page to see where it stands."
            )
        )


class Refused(Exception):
    """Why an act is not done, in words for whoever asked; ``field``: the entry of a form it is about."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field


class ExplicitTimeRefused(Exception):
    """Only the demo builder and the tests may say when an act happened (decision 8)."""


@dataclass(frozen=True)
class Act:
    """A named move of a state machine: from any of ``sources`` to ``target``; what it seals."""

    name: str
    sources: tuple[str, ...]
    target: str
    sealed_fields: tuple[str, ...] = ()

    @classmethod
    def of(cls, name, *, sources, target, seals=()):
        return cls(name, tuple(map(str, sources)), str(target), tuple(seals))

    def is_possible_for(self, thing):
        return thing.state in self.sources


_explicit_time = ContextVar("explicit time allowed", default=False)


@contextmanager
def explicit_time():
    """Let acts say when they happened: for the demo builder, which plays the past, and for nobody else."""
    token = _explicit_time.set(True)
    try:
        yield
    finally:
        _explicit_time.reset(token)


class ClockTime(datetime):
    """A reading of a clock, taken by ``moment`` or ``reception``: nobody chose it, so it may be handed on."""


def reception(at=None):
    """The time at which something is accepted: the database's clock, read at this very statement.

    To be asked inside the transaction, after its lock. An explicit ``at`` is allowed where ``moment`` does.
    """
    if at is not None:
        return moment(at)
    return arrival(locks.database_now())


def arrival(reading, at=None):
    """The same, where the clock of the database was read (``locks.Clock``) with the rows under their lock."""
    if at is not None:
        return moment(at)
    return ClockTime.fromtimestamp(reading.timestamp(), UTC)


def moment(at=None):
    """The time of an act: now, or ``at`` where an explicit time is allowed.

    Raises ExplicitTimeRefused outside the demo builder and the tests.
    """
    if isinstance(at, ClockTime):
        return at
    if at is None:
        now = timezone.now()
        return ClockTime.combine(now.date(), now.timetz())
    if not (settings.ACCEPT_EXPLICIT_TIME or _explicit_time.get()):
        raise ExplicitTimeRefused
    return at


def perform(act, thing, *, by, at=None, note="", is_held=False, **changes):
    """Move ``thing`` along ``act``, write ``changes`` with it, and record it.

    The UPDATE carries the guard (“still in the state we saw”), so of two people pressing the same
    button one succeeds and the other is told. What ``is_held`` alone since it was read needs not be read
    again. Raises ActNotPossible.
    """
    before, at = thing.state, moment(at)
    if not act.is_possible_for(thing):
        raise ActNotPossible(thing, act)
    with transaction.atomic(savepoint=False):  # inside the transaction of an action there is nothing to save
        rows = type(thing)._base_manager.filter(pk=thing.pk, state=before)
        if changed := rows.update(state=act.target, **changes):
            if is_held:
                _take_over(thing, {"state": act.target, **changes})
            else:
                thing.refresh_from_db(fields={"state", *changes, *act.sealed_fields})
            states, seals = (before, thing.state), _as_read(thing, act.sealed_fields)
            _write(act.name, thing, by=by, at=at, note=note, states=states, seals=seals)
    if not changed:
        raise ActNotPossible(thing, act)
    return thing


def _take_over(thing, changes):
    for name, value in changes.items():
        setattr(thing, name, value)


def record(name, thing, *, by, at=None, note="", seals=()):
    """Write an act without a state (a grant, a read, a disposition) into the trail."""
    state = getattr(thing, "state", "")
    held = _as_stored(thing, seals) if seals else {}
    return _write(name, thing, by=by, at=moment(at), note=note, states=(state, state), seals=held)


def _write(name, thing, *, by, at, note, states, seals):
    """``seals``: what the database holds in each sealed field."""
    salt = secrets.token_hex(16) if seals else ""
    entry = TrailEntry.objects.create(
        act=name,
        subject_label=thing._meta.label_lower,
        subject_id=str(thing.pk),
        subject_name=public_name(thing),
        from_state=states[0],
        to_state=states[1],
        by=by,
        at=at,
        note=note,
        sealed_fields=sorted(seals),
        digest=_digest(seals, salt) if seals else "",
    )
    if seals:
        TrailSalt.objects.create(entry=entry, salt=salt)
    return entry


def sealed_digest(thing, fields, salt):
    """The salted SHA-256 of ``fields`` of ``thing`` as the database holds them now, in hex."""
    return _digest(_as_stored(thing, fields), salt)


def _as_stored(thing, fields):
    return type(thing)._base_manager.filter(pk=thing.pk).values(*fields).get()


def _as_read(thing, fields):
    """The same, of a thing whose fields were read from the database just now."""
    return {name: getattr(thing, thing._meta.get_field(name).attname) for name in fields}


def _digest(values, salt):
    text = json.dumps({name: str(values[name]) for name in sorted(values)}, ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
