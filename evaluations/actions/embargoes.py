"""Results released at a chosen minute: set by the head, done by the portal under the same checks."""

from datetime import UTC

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from calls.actions import endings
from calls.models import Call
from evaluations import embargo_notices, states
from evaluations.actions import releasing
from evaluations.models import Embargo
from evaluations.rules import demand
from evaluations.states import EmbargoState
from jobs import locks

REFUSALS = (PermissionDenied, releasing.CannotRelease, acts.ActNotPossible)


class CannotSet(acts.Refused):
    """Why the results are not left for later; ``field`` says which entry of the form it is about."""


def demand_releasing(by, call):
    demand(
        by, "evaluations.release_results", call,
        _("Results are released by the head of the agency of the call."),
    )  # fmt: skip


def standing_of(call):
    """The embargo that waits, or None."""
    return Embargo.objects.filter(call=call, state=EmbargoState.SET).first()


@transaction.atomic
def set_for(call, *, release_at, by, reason="", at=None):
    """Leave the results for a future minute, if they could be released then as things stand.

    Raises CannotSet or CannotRelease: the release is rehearsed as of that minute, and undone.
    """
    demand_releasing(by, call)
    (call,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    endings.refuse_if_ended(call)
    at = acts.moment(at)
    if release_at <= at:
        raise CannotSet(_("Choose a minute that is still to come."), "release_at")
    if standing_of(call):
        raise CannotSet(_("A minute is set already: cancel it first."), "release_at")
    _rehearse(call, release_at, by, reason)
    embargo = Embargo.objects.create(
        call=call, release_at=release_at, reason=reason.strip(), set_at=at, set_by=by
    )
    acts.record("embargo.set", embargo, by=by, at=at)
    return embargo


def _rehearse(call, release_at, by, reason):
    """The whole release as of that minute, undone at once: nothing of it leaves the transaction."""
    then = acts.ClockTime.fromtimestamp(release_at.timestamp(), UTC)
    with transaction.atomic():
        releasing.release(call, by=by, at=then, reason=reason)
        transaction.set_rollback(True)


@transaction.atomic
def cancel(embargo, *, by, at=None):
    """Take back the minute, until it comes: the results wait for the head again."""
    demand_releasing(by, embargo.call)
    locks.exclusive(Call.objects.filter(pk=embargo.call_id))
    at = acts.moment(at)
    return acts.perform(states.CANCEL_EMBARGO, embargo, by=by, at=at, ended_at=at)


def release_what_is_due():
    """Release every call whose minute has come; the clock of the portal asks for it each minute."""
    due = Embargo.objects.filter(state=EmbargoState.SET, release_at__lte=locks.database_now())
    return [
        _keep(embargo)
        for embargo in due.select_related("call__publication__edition__program__agency", "set_by").order_by(
            "release_at", "pk"
        )
    ]


@transaction.atomic
def _keep(embargo):
    """Release as whoever set it, if they still may; otherwise keep why not and tell the head."""
    locks.exclusive(Call.objects.filter(pk=embargo.call_id))
    embargo.refresh_from_db(fields=["state"])
    if embargo.state != EmbargoState.SET:
        return embargo  # taken back, or done by another clock, meanwhile
    call = Call.objects.get(pk=embargo.call_id)
    refusal = "" if call.has_results else _refusal(call, embargo)
    at = acts.moment()
    if not refusal:
        return acts.perform(states.KEEP_EMBARGO, embargo, by=embargo.set_by, at=at, ended_at=at)
    acts.perform(states.FAIL_EMBARGO, embargo, by=embargo.set_by, at=at, ended_at=at, refusal=refusal)
    embargo_notices.failed(embargo, at=at)
    return embargo


def _refusal(call, embargo):
    """Do it; where it is refused nothing of it stands. Gives why, or nothing."""
    try:
        with transaction.atomic():
            releasing.release(call, by=embargo.set_by, reason=embargo.reason)
    except REFUSALS as refusal:
        return str(refusal)
    return ""
