"""The end of a call before its time: cancelled before its results, or void because nobody is left in it.

Both are acts of the head of the agency, with a reason and a legal basis that are published and sent. They
take the call alone, so that what is received, decided or scored meanwhile comes before them or is refused.
Applications keep the state they had: nothing of them goes on.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import acts
from calls import changes, states
from calls.actions import news, promises, telling
from calls.models import Call, News
from calls.states import ApplicationState, CallState
from jobs import locks

OUT_OF_PLAY = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.DISCARDED)
CHOSEN = (ApplicationState.AWARDED, ApplicationState.RESERVE, ApplicationState.FORMALIZED)


class CannotEnd(acts.Refused):
    """Why the call is neither cancelled nor void; ``field`` says which entry of the form it is about."""


class CallEnded(acts.ActNotPossible):
    """The call was cancelled or is void, so that nothing of it goes on: says since when and why."""

    def __init__(self, call):
        super().__init__(call, "call.go_on")
        self.args = (changes.ended_in_words(call),)


def refuse_if_ended(call):
    """Raises CallEnded when the call, as it was read, was cancelled or is void."""
    if call.is_ended:
        raise CallEnded(call)


def hold_going_on(call_id):
    """Share a call until the transaction ends, so that it is not cancelled meanwhile. Raises CallEnded."""
    locks.share(Call.objects.filter(pk=call_id))
    refuse_if_ended(Call.objects.get(pk=call_id))


@transaction.atomic
def cancel(call, *, reason, basis, by, at=None):
    """Cancel a published call before its results are public. Raises CannotEnd."""
    return _end(states.CANCEL_CALL, call, why_not_cancelled, reason=reason, basis=basis, by=by, at=at)


@transaction.atomic
def declare_void(call, *, reason, basis, by, at=None):
    """Declare a call void: its reception closed and nobody was admitted, or nobody was chosen."""
    return _end(states.VOID_CALL, call, why_not_void, reason=reason, basis=basis, by=by, at=at)


def why_not_cancelled(call):
    """Why a call cannot be cancelled now; nothing while it can."""
    if states.CANCEL_CALL.is_possible_for(call):
        return ""
    return _("A call is cancelled between its publication and its results.")


def why_not_void(call):
    """Why a call cannot be declared void now; nothing while it can."""
    if not states.VOID_CALL.is_possible_for(call):
        return _("A call is declared void after its reception was closed, once nobody is left in it.")
    if call.state == CallState.SEALED:
        left = call.applications.exclude(state__in=OUT_OF_PLAY).count()
    else:
        left = call.applications.filter(state__in=CHOSEN).count()
    if not left:
        return ""
    return ngettext(
        "%(count)d application is still in the call, so it is not void.",
        "%(count)d applications are still in the call, so it is not void.",
        left,
    ) % {"count": left}


def _end(act, call, why_not, *, reason, basis, by, at):
    if not by.has_perm("calls.end_call", call):
        raise PermissionDenied(_("Only the head of the agency can cancel its call or declare it void."))
    (held,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    now = acts.reception(at)
    refuse_if_ended(held)
    if refusal := why_not(held):
        raise CannotEnd(refusal)
    _refuse_unexplained(reason, basis)
    said = {"ended_reason": reason.strip(), "ended_basis": basis.strip()}
    acts.perform(act, held, by=by, at=now, ended_at=now, ended_by=by, **said)
    promises.render_documents(held, by=by, at=now)
    _tell(held, at=now)
    news.announce(held, News.Kind(held.state), at=now)
    return held


def _refuse_unexplained(reason, basis):
    if not reason.strip():
        raise CannotEnd(_("Say why: the reason is published and sent to whoever applied."), "reason")
    if not basis.strip():
        raise CannotEnd(_("Cite the provision that allows it."), "basis")


def _tell(call, *, at):
    named = {"call": call.title}

    def subject():
        if call.state == CallState.CANCELLED:
            return _("Call cancelled: %(call)s") % named
        return _("Call declared void: %(call)s") % named

    telling.tell(
        call,
        kind=f"call.{call.state}",
        subject=subject,
        body=lambda: f"«{call.title}». {changes.ended_in_words(call)} {changes.kept_in_words()}",
        at=at,
    )
