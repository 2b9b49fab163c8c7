"""What must hold of calls and their dates: the window, what was promised, what happened."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from calls import schedule
from calls.models import ActualDate, Application, Call, Extension, News, PlannedDate
from calls.models.calls import PUBLIC_STATES
from calls.states import CallState
from jobs.soundness import CHUNK, former, invariant, out_of_sequence
from programs.models import Budget, MilestoneCode


def calls():
    return Call.objects.order_by()


@invariant
def receptions_are_as_promised():
    """The reception opens and closes on the days that are promised for it."""
    found = calls().filter(state__in=PUBLIC_STATES).annotate(
        issued_on=_promised(MilestoneCode.CALL_ISSUED), closed_on=_promised(MilestoneCode.CALL_CLOSED)
    )  # fmt: skip
    for call in found.iterator(CHUNK):
        opens = schedule.local_day(call.opens_at, call.zone)
        closes = schedule.local_day(schedule.last_minute(call.closes_at), call.zone)
        if call.issued_on not in (None, opens) or call.closed_on not in (None, closes):
            yield call


def _promised(milestone):
    given = PlannedDate.objects.filter(call=OuterRef("pk"), milestone=milestone)
    return Subquery(given.order_by("-number").values("on")[:1])


@invariant
def promises_are_numbered_without_holes():
    """The dates given to a milestone of a call are numbered from one, without holes: none was taken away."""
    return out_of_sequence(PlannedDate.objects.all(), "call", "milestone")


@invariant
def dates_of_public_calls_are_promises():
    """The dates of a public call are promises, and those of a draft are not."""
    is_public = Q(call__state__in=PUBLIC_STATES)
    broken = (is_public & Q(is_promise=False)) | (~is_public & Q(is_promise=True))
    return PlannedDate.objects.order_by().filter(broken)


@invariant
def milestones_happened_before_they_were_recorded():
    """No milestone of a call is said to have happened after the day on which that was recorded."""
    return ActualDate.objects.filter(on__gt=TruncDate("at"))


@invariant
def milestones_happen_in_public_calls():
    """Something happened only in calls that were published."""
    return ActualDate.objects.exclude(call__state__in=PUBLIC_STATES)


@invariant
def extensions_follow_one_another():
    """Each extension moves the close that the one before it left."""
    told = Extension.objects.order_by().annotate(left_at=former("closes_at", "call", by=("number",)))
    return told.filter(~Q(left_at=F("former_closes_at")), left_at__isnull=False)


@invariant
def extensions_lead_to_the_close():
    """A call that was extended closes when its last extension says."""
    later = Extension.objects.filter(call=OuterRef("call"), number__gt=OuterRef("number"))
    last = Extension.objects.order_by().filter(~Exists(later))
    return last.exclude(closes_at=F("call__closes_at"))


@invariant
def extensions_are_numbered_without_holes():
    """The extensions of a call are numbered from one, without holes."""
    return out_of_sequence(Extension.objects.all(), "call")


@invariant
def calls_are_sealed_after_their_close():
    """No reception was closed before its last minute was over."""
    return calls().filter(sealed_at__lt=F("closes_at"))


@invariant
def calls_live_in_order():
    """A call is published, sealed and released in that order, and ends after it was published."""
    wrong = Q(sealed_at__lt=F("published_at")) | Q(released_at__lt=F("sealed_at"))
    return calls().filter(wrong | Q(ended_at__lt=F("published_at")))


@invariant
def cancelled_calls_have_no_results():
    """A call is cancelled before its results are public, and never after."""
    return calls().filter(state=CallState.CANCELLED, released_at__isnull=False)


@invariant
def calls_of_the_same_rules_are_reached():
    """The amendment that reached a call is one of its own Rules, later than those it was opened from."""
    amended = calls().filter(amended_by__isnull=False)
    own = Q(amended_by__edition=F("publication__edition"), amended_by__number__gt=F("publication__number"))
    return amended.exclude(own)


@invariant
def calls_have_no_more_than_the_rules_authorise():
    """The budget of a call is no more than its Rules authorise for the year."""
    authorised = Budget.objects.order_by().filter(
        publication=OuterRef("publication"), authorized__lt=OuterRef("budget")
    )
    return calls().filter(Exists(authorised))


@invariant
def results_leave_no_application_waiting():
    """A call whose results are public has no application under review or waiting for its ruling."""
    waiting = Application.objects.filter(
        call=OuterRef("pk"), state__in=["submitted", "prevented", "corrected", "admitted"]
    )
    return calls().filter(Exists(waiting), released_at__isnull=False)


@invariant
def news_tell_what_happened():
    """Subscribers are told of results and ends only where a call has results or has ended so."""
    lies = Q(kind=News.Kind.RESULTS, call__released_at=None)
    for state in (CallState.CANCELLED, CallState.VOID):
        lies |= Q(kind=state.value) & ~Q(call__state=state)
    return News.objects.order_by().filter(lies)
