"""The results of a call, released all at once by the head of the agency: applications, notices, letters."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts import acts
from calls import schedule
from calls import states as call_states
from calls.actions import applications, calls, promises
from calls.models import Call
from calls.states import CallState
from documents import renderings
from evaluations import notices, standing, states, tasks
from evaluations.models import Outcome, Ruling
from evaluations.rules import demand
from evaluations.states import RulingState, SessionState
from jobs import locks, queue
from programs.models import MilestoneCode


class CannotRelease(Exception):
    """Why the results cannot be released yet: one sentence for each reason."""

    def __init__(self, reasons):
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def lacking(call):
    """Why the results of a call cannot be released: one sentence for each reason; none when they can."""
    reasons = []
    if call.state != CallState.SEALED:
        reasons.append(_("The call is not waiting for its results."))
    waiting = standing.at_the_desk(call).count()
    if waiting:
        reasons.append(_("%(count)s applications are still under documentary review.") % {"count": waiting})
    is_sealed = Q(ruling__state=RulingState.SEALED)
    found = standing.in_play(call).aggregate(files=Count("pk"), ruled=Count("pk", filter=is_sealed))
    if unruled := found["files"] - found["ruled"]:
        reasons.append(_("%(count)s applications have no ruling issued.") % {"count": unruled})
    if not found["ruled"]:
        reasons.append(_("No ruling has been issued."))
    committee = getattr(call, "committee", None)
    if committee and committee.sessions.exclude(state=SessionState.CLOSED).exists():
        reasons.append(_("The session of the committee has not been closed."))
    return reasons


@transaction.atomic
def release(call, *, by, at=None, reason=""):
    """Make all results of the call public at once: applications settled, people told, letters asked for.

    ``reason`` is owed when the results come after the promised day.
    """
    demand(
        by,
        "evaluations.release_results",
        call,
        _("Results are released by the head of the agency of the call."),
    )
    (call,) = locks.exclusive(Call.objects.filter(pk=call.pk))
    if call.state != CallState.SEALED:
        raise acts.ActNotPossible(call, call_states.RELEASE_CALL)
    if reasons := lacking(call):
        raise CannotRelease(reasons)
    at = acts.moment(at)
    sealed = _sealed(call)
    for ruling in sealed:
        _settle(ruling, by, at)
    try:
        _record_ruling(call, max(ruling.decided_at for ruling in sealed), by, at, reason)
        call = calls.release(call, by=by, at=at, reason=reason)
    except (calls.CannotRelease, promises.CannotRecord) as refusal:
        raise CannotRelease([str(refusal)]) from refusal
    _ask_for_documents(call, by, at)
    return call


def _sealed(call):
    return list(
        Ruling.objects.filter(call=call, state=RulingState.SEALED)
        .select_related("application__organization__body")
        .in_rank_order()
    )


def _record_ruling(call, decided_at, by, at, reason):
    """The day of the last ruling is the real date of that milestone; told only now, with the results."""
    if not call.actual_dates.filter(milestone=MilestoneCode.RULING).exists():
        day = schedule.local_day(decided_at, call.zone)
        promises.write_actual(call, MilestoneCode.RULING, day, by=by, at=at, reason=reason)


def _settle(ruling, by, at):
    """Hand the outcome down to the application, open the ruling and tell the organization."""
    application = ruling.application
    if ruling.outcome == Outcome.AWARD:
        applications.award(application, amount=ruling.amount, by=by, at=at)
    elif ruling.outcome == Outcome.RESERVE:
        applications.reserve(application, by=by, at=at)
    else:
        applications.decline(application, by=by, at=at)
    acts.perform(states.RELEASE, ruling, by=by, at=at)
    notices.result_released(ruling, at)


def _ask_for_documents(call, by, at):
    """The list of results and the minutes at once; the letters and scorecards as one batch with progress."""
    renderings.request("results_list", call.folio, by=by, at=at)
    for session in call.committee.sessions.all():
        renderings.request("session_minutes", session.folio, by=by, at=at)
    _ask_for_letters(call, by, once_key=f"letters {call.folio}")


def ask_for_letters_again(call, *, by):
    """Put the batch in line again: those that are rendered already are passed over."""
    demand(
        by,
        "evaluations.coordinate_evaluation",
        call,
        _("This is done by the agency or the committee's secretary."),
    )
    return _ask_for_letters(call, by)


def _ask_for_letters(call, by, **once):
    return queue.enqueue(
        tasks.render_letters,
        subject=call.folio,
        label=_("Letters with the rulings of %(call)s") % {"call": call.folio},
        by=by,
        call=call.folio,
        **once,
    )
