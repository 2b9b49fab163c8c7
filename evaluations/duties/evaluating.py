"""What waits for those who evaluate: declarations, files, sessions, rulings to release."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import held
from accounts.models import Role
from calls.models import Call
from calls.models.calls import ENDED_STATES
from calls.states import BEFORE_RESULTS, CallState
from evaluations.models import Assignment, Calibration, Divergence, SampleReview, Session
from evaluations.states import ReviewState, RulingState, SessionState
from programs.duties import Duty, duty

TAKING_PART = (Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.EVALUATOR)


@duty
def declarations(user):
    """The calls in which the person takes part and has not declared yet."""
    bodies = held.bodies(user, *TAKING_PART)
    waiting = Call.objects.filter(state=CallState.SEALED, committee__body__in=bodies).exclude(
        pk__in=Call.objects.filter(
            conflict_declarations__user=user, conflict_declarations__organization=None
        ).values("pk")
    )
    for call in waiting.order_by("pk"):
        yield Duty(
            what=_("Declare your conflicts of interest in %(call)s") % {"call": call.title},
            link=reverse("evaluations:declare", args=[call.folio]),
            detail=call.folio,
        )


@duty
def files_to_score(user):
    """How many files the person has not handed in: without a name, without a folio."""
    waiting = Assignment.objects.visible_to(user).filter(review__state=ReviewState.DRAFT)
    waiting = waiting.exclude(application__call__state__in=ENDED_STATES).count()
    if waiting:
        yield Duty(
            what=ngettext("Score %(count)d file", "Score %(count)d files", waiting) % {"count": waiting},
            link=reverse("evaluations:board"),
        )


@duty
def sessions(user):
    """The sessions of one's committees that have not been closed."""
    bodies = held.bodies(user, Role.CHAIR, Role.SECRETARY, Role.MEMBER)
    waiting = Session.objects.filter(committee__body__in=bodies).exclude(state=SessionState.CLOSED)
    waiting = waiting.exclude(committee__call__state__in=ENDED_STATES)
    for session in waiting.order_by("scheduled_for"):
        yield Duty(
            what=_("Session of the committee %(folio)s") % {"folio": session.folio},
            link=session.get_absolute_url(),
            until=session.scheduled_for,
        )


@duty
def evaluations_to_coordinate(user):
    """The calls whose reception closed, for the operators of their agency."""
    bodies = held.bodies(user, Role.OPERATOR)
    waiting = Call.objects.filter(
        state=CallState.SEALED, publication__edition__program__agency__body__in=bodies
    )
    for call in waiting.order_by("pk"):
        yield Duty(
            what=_("Coordinate the evaluation of %(call)s") % {"call": call.title},
            link=reverse("evaluations:coordination", args=[call.folio]),
            detail=call.folio,
        )


@duty
def results_to_release(user):
    """The calls of which every ruling is sealed, for the head of their agency."""
    bodies = held.bodies(user, Role.HEAD)
    waiting = (
        Call.objects.filter(state=CallState.SEALED, publication__edition__program__agency__body__in=bodies)
        .annotate(sealed=Count("rulings", filter=Q(rulings__state=RulingState.SEALED)))
        .filter(sealed__gt=0)
    )
    for call in waiting.order_by("pk"):
        yield Duty(
            what=_("Read and release the results of %(call)s") % {"call": call.title},
            link=reverse("evaluations:release", args=[call.folio]),
            detail=call.folio,
        )


@duty
def samples_to_score(user):
    """The samples that the person has to hand in before opening a real file, or may, until the results."""
    bodies = held.bodies(user, Role.EVALUATOR)
    done = SampleReview.objects.handed_in().filter(evaluator=user)
    waiting = Calibration.objects.filter(
        call__committee__body__in=bodies, call__state__in=BEFORE_RESULTS
    ).exclude(pk__in=done.values("calibration"))
    for sample in waiting.select_related("call").order_by("pk"):
        yield Duty(
            what=_("Score the sample of %(call)s") % {"call": sample.call.title},
            link=reverse("evaluations:sample", args=[sample.call.folio]),
            detail=sample.call.folio,
        )


@duty
def third_evaluators_to_call(user):
    """The calls with files that wait for a third evaluator, for who coordinates: no score, no folio."""
    desks = held.bodies(user, Role.OPERATOR)
    seats = held.bodies(user, Role.CHAIR, Role.SECRETARY)
    if not (desks or seats):
        return
    waiting = Divergence.objects.open().shown_to(user).filter(application__call__state=CallState.SEALED)
    calls = Call.objects.filter(
        Q(publication__edition__program__agency__body__in=desks) | Q(committee__body__in=seats),
        pk__in=waiting.values("application__call"),
    )
    for call in calls.order_by("pk"):
        yield Duty(
            what=_("Call a third evaluator in %(call)s") % {"call": call.title},
            link=reverse("evaluations:divergences", args=[call.folio]),
            detail=call.folio,
        )
