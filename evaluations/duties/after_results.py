"""What waits after the results: feedback to answer, remedies to decide, reports to conclude."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import ngettext

from accounts import held
from accounts.models import Role
from calls.models.applications import DESK
from evaluations import deadlines
from evaluations.models import ControlReport, FeedbackRequest, RemedyRequest
from evaluations.models.remedies import Kind
from evaluations.rules import decided_with
from programs.duties import Duty, duty

ONE_MINUTE = timedelta(minutes=1)


@duty
def feedback_to_answer(user):
    """The calls of the agency in which organizations wait for their answer, by the first day that is due."""
    bodies = held.bodies(user, *DESK)
    waiting = FeedbackRequest.objects.open().filter(
        application__call__publication__edition__program__agency__body__in=bodies
    )
    waiting = waiting.exclude(application__barred__user=user).exclude(
        application__assignments__evaluator=user
    )
    calls = {}
    for one in waiting.select_related("application__call").order_by("due_on", "pk"):
        calls.setdefault(one.application.call, []).append(one)
    for call, requests in calls.items():
        count = len(requests)
        what = ngettext(
            "Answer %(count)d request for feedback", "Answer %(count)d requests for feedback", count
        )
        yield Duty(
            what=what % {"count": count},
            link=reverse("evaluations:feedback_desk", args=[call.folio]),
            until=deadlines.end_of(requests[0].due_on, call.zone) - ONE_MINUTE,
            detail=call.folio,
        )


@duty
def remedies_to_decide(user):
    """The calls in which remedies wait for a person who may decide them, by the first day that is due."""
    desk, head = held.bodies(user, *DESK), held.bodies(user, Role.HEAD)
    agency = "application__call__publication__edition__program__agency__body__in"
    theirs = Q(kind=Kind.CLARIFICATION, **{agency: desk}) | Q(kind=Kind.RECONSIDERATION, **{agency: head})
    waiting = RemedyRequest.objects.waiting().filter(theirs).exclude(application__barred__user=user)
    waiting = waiting.exclude(kind=Kind.RECONSIDERATION, application__in=decided_with(user))
    calls = {}
    for one in waiting.select_related("application__call").order_by(F("due_on").asc(nulls_last=True), "pk"):
        calls.setdefault(one.application.call, []).append(one)
    for call, filed in calls.items():
        count, due_on = len(filed), filed[0].due_on
        yield Duty(
            what=ngettext("Decide %(count)d remedy", "Decide %(count)d remedies", count) % {"count": count},
            link=reverse("evaluations:remedy_desk", args=[call.folio]),
            until=due_on and deadlines.end_of(due_on, call.zone) - ONE_MINUTE,
            detail=call.folio,
        )


@duty
def reports_to_conclude(user):
    """How many reports wait for the comptroller; nobody else is told of any."""
    if not held.anywhere(user, Role.AUDITOR):
        return
    if count := ControlReport.objects.visible_to(user).waiting().count():
        yield Duty(
            what=ngettext(
                "Conclude %(count)d report to the internal control body",
                "Conclude %(count)d reports to the internal control body",
                count,
            )
            % {"count": count},
            link=reverse("evaluations:reports"),
        )
