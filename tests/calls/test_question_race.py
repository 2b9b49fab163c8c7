"""Two people answer, correct or ask at the same moment: one does, the other is told."""

import pytest
from django.utils import timezone

from accounts.acts import ActNotPossible
from calls.actions import questions
from calls.models import PublicAnswer, PublicQuestion
from tests.factories.accounts import UserFactory
from tests.factories.applications import OpenCallFactory, operator_of
from tests.factories.questions import PublicQuestionFactory
from tests.harness.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_that_answer_one_does():
    question = PublicQuestionFactory()
    rita = operator_of(question.call)

    results = race(lambda n: questions.answer(question, f"Respuesta {n}", by=rita))

    assert sum(isinstance(one, PublicAnswer) for one in results) == 1
    assert sum(isinstance(one, ActNotPossible) for one in results) == 7
    assert question.answers.count() == 1


def test_of_eight_that_correct_what_they_read_one_does():
    question = PublicQuestionFactory()
    rita = operator_of(question.call)
    questions.answer(question, "Sí.", by=rita)

    results = race(lambda n: questions.correct(question, f"No, {n}.", corrects=1, reason="R", by=rita))

    assert sum(isinstance(one, PublicAnswer) for one in results) == 1
    assert sum(isinstance(one, questions.CannotAnswer) for one in results) == 7
    assert question.answers.count() == 2


def test_of_eight_questions_that_one_person_sends_at_once_only_so_many_are_received(settings):
    settings.QUESTIONS_WAITING_EACH = 2
    call, ana = OpenCallFactory(), UserFactory()

    results = race(lambda n: questions.ask(call, f"¿Pregunta {n}?", by=ana, at=timezone.now()))

    assert sum(isinstance(one, PublicQuestion) for one in results) == 2
    assert sum(isinstance(one, questions.CannotAsk) for one in results) == 6
    assert PublicQuestion.objects.count() == 2
