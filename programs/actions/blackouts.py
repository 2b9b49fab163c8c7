"""Electoral blackouts, as planning notes, confirms, moves and ends them, and what it lets through."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import acts
from jobs import locks
from programs import states, withholding
from programs.models import BlackoutException, BlackoutPeriod

DATED = ("kind", "starts_at", "ends_at", "source", "link", "note")
SEALED = ("kind", "starts_at", "ends_at", "source")
ENDING = ("ended_at", "ended_by_id", "ended_reason")
EXCEPTION = ("period_id", "kind", "reference", "reason", "basis")


class CannotBlackOut(acts.Refused):
    """Why a period is not written so; ``field`` says which entry of the form it is about."""


@transaction.atomic
def note(*, by, at=None, **said):
    """Note a period with its norm. It withholds nothing until it is confirmed. Raises CannotBlackOut."""
    check_planning(by)
    at = acts.moment(at)
    _check_dates(said["starts_at"], said["ends_at"], at)
    _check_source(said["source"])
    period = BlackoutPeriod.objects.create(**said)
    acts.record("blackout.note", period, by=by, at=at, note=_in_short(period))
    return period


@transaction.atomic
def change(period, *, by, at=None, **said):
    """Correct a period that is not confirmed yet. Raises CannotBlackOut."""
    held, at = _held(period, by), acts.moment(at)
    if not held.is_noted:
        raise CannotBlackOut(
            _("It is confirmed: only its end is moved, or it is ended early, with a reason.")
        )
    _check_dates(said["starts_at"], said["ends_at"], at)
    _check_source(said["source"])
    _write(held, **{name: said[name] for name in DATED})
    acts.record("blackout.change", held, by=by, at=at, note=_in_short(held))
    return held


@transaction.atomic
def confirm(period, *, by, at=None):
    """Confirm a period: from its first moment to its end publicity is withheld."""
    held, at = _held(period, by), acts.moment(at)
    _check_dates(held.starts_at, held.ends_at, at)
    acts.perform(
        states.CONFIRM_BLACKOUT, held, by=by, at=at, note=_in_short(held), confirmed_at=at, confirmed_by=by
    )
    return held


@transaction.atomic
def move_end(period, ends_at, *, reason, by, at=None):
    """Move the end of a confirmed period, with its reason; never into the past. Raises CannotBlackOut."""
    held, at = _held(period, by), acts.moment(at)
    if not held.is_confirmed or held.ends_at <= at:
        raise CannotBlackOut(_("Only a confirmed period that has not ended has its end moved."))
    _check_dates(held.starts_at, ends_at, at)
    if ends_at == held.ends_at:
        raise CannotBlackOut(_("That is the end it already has: write another one."), "last_day")
    _check_reason(reason)
    said = f"{held.ends_at.isoformat()} → {ends_at.isoformat()}"
    _write(held, former_ends_at=held.ends_at, ends_at=ends_at, moved_reason=reason.strip())
    acts.record("blackout.move_end", held, by=by, at=at, note=said, seals=SEALED)
    return held


@transaction.atomic
def end(period, *, reason, by, at=None):
    """End a confirmed period now, before its time, with its reason. Raises CannotBlackOut."""
    held, at = _held(period, by), acts.moment(at)
    if held.is_confirmed and held.ends_at <= at:
        raise CannotBlackOut(_("Its time is over: there is nothing left to end."))
    _check_reason(reason)
    acts.perform(
        states.END_BLACKOUT, held, by=by, at=at, ended_at=at, ended_by=by, ended_reason=reason.strip()
    )
    return held


@transaction.atomic
def let_through(period, *, kind, reference="", reason, basis, by, at=None):
    """Let one withheld item through in a period, with reason and legal basis. Raises CannotBlackOut."""
    held, at = _held(period, by), acts.moment(at)
    if not held.is_confirmed or held.ends_at <= at:
        raise CannotBlackOut(_("This period withholds nothing: there is nothing to let through."))
    declared = withholding.KINDS.get(kind)
    if declared is None:
        raise CannotBlackOut(_("Choose what is let through."), "kind")
    reference = "" if declared.is_single else reference.strip()
    if not declared.is_single and not (reference and declared.name_of(reference)):
        raise CannotBlackOut(_("There is no such item: copy its folio or code from its page."), "reference")
    _check_reason(reason)
    if not basis.strip():
        raise CannotBlackOut(_("Cite the legal basis: it is published with the reason."), "basis")
    given = _once(held, kind, reference, reason.strip(), basis.strip(), by, at)
    acts.record("blackout.let_through", given, by=by, at=at, note=str(given), seals=EXCEPTION)
    return given


def _once(period, kind, reference, reason, basis, by, at):
    try:
        with transaction.atomic():
            return BlackoutException.objects.create(
                period=period, kind=kind, reference=reference, reason=reason, basis=basis, by=by, at=at
            )
    except IntegrityError:
        raise CannotBlackOut(_("It was let through already in this period."), "reference") from None


def check_planning(by):
    if not by.has_perm("programs.manage_blackouts"):
        raise PermissionDenied(_("Only the planning secretariat says when publicity is withheld."))


def _held(period, by):
    """The period, held alone while it changes."""
    check_planning(by)
    (held,) = locks.exclusive(BlackoutPeriod.objects.filter(pk=period.pk))
    return held


def _check_dates(starts_at, ends_at, now):
    if starts_at >= ends_at:
        raise CannotBlackOut(_("It must end after it begins. Check both days and hours."), "last_day")
    if ends_at <= now:
        raise CannotBlackOut(_("That end has passed: write one that has not."), "last_day")


def _check_source(source):
    if not source.strip():
        raise CannotBlackOut(_("Cite the norm or agreement that says so."), "source")


def _check_reason(reason):
    if not reason.strip():
        raise CannotBlackOut(_("Say why: the reason is published."), "reason")


def _write(period, **values):
    for name, value in values.items():
        setattr(period, name, value)
    period.save(update_fields=list(values))


def _in_short(period):
    """The kind and both moments, exact, for the trail."""
    return f"{period.kind} {period.starts_at.isoformat()} → {period.ends_at.isoformat()}"
