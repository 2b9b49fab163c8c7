"""Eight at once: an organization asks and files once, an answer and a resolution are given once."""

import pytest

from accounts.acts import ActNotPossible
from accounts.models import Notice, TrailEntry
from evaluations.actions import feedback, remedies
from evaluations.models import FeedbackRequest, RemedyRequest
from tests.evaluations.test_remedies import TEXT, WHY, filed_by_its_organization, representative, studied
from tests.factories.evaluations import evaluation
from tests.factories.voice import remedy_of
from tests.harness.racing import race

pytestmark = [pytest.mark.django_db(transaction=True)]


def failures(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def test_feedback_is_asked_for_once_and_answered_once():
    played = evaluation("release")
    application = played.applications[0]
    ana = representative(application)

    asked = race(lambda number: feedback.ask(application, by=ana, question=str(number)))
    request = FeedbackRequest.objects.get()
    answered = race(
        lambda number: feedback.answer(
            FeedbackRequest.objects.get(pk=request.pk), by=played.operator, version=0,
            answer=f"Respuesta {number}", main_reason="need",
        )
    )  # fmt: skip

    assert failures(asked) == []
    assert TrailEntry.objects.about(request).filter(act="feedback.ask").count() == 1
    assert [type(a) for a in failures(answered)] == [ActNotPossible] * 7
    assert Notice.objects.filter(kind="feedback.answer").count() == 1


def test_a_remedy_is_filed_once_and_resolved_once():
    played = evaluation("release")
    application = played.applications[0]
    ana, remedy = representative(application), remedy_of(played.call, "reconsideration")

    filed = race(lambda number: remedies.file(application, remedy, TEXT, by=ana, key="la misma"))

    assert failures(filed) == []
    (one,) = RemedyRequest.objects.all()
    assert Notice.objects.filter(kind="remedy.receipt").count() == 1
    studied(one, played.head)
    resolved = race(
        lambda number: remedies.resolve(
            RemedyRequest.objects.get(pk=one.pk), by=played.head, outcome="confirmed", **WHY
        )
    )
    assert [type(a) for a in failures(resolved)] == [ActNotPossible] * 7
    assert filed_by_its_organization(application, "clarification").folio.endswith("-02")
