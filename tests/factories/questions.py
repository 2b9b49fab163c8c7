"""Public questions about a call, through the acts that ask and answer them."""

import factory
from django.utils import timezone

from calls.models import PublicAnswer, PublicQuestion
from calls.states import QuestionState
from tests.factories.accounts import UserFactory
from tests.factories.applications import OpenCallFactory


class PublicQuestionFactory(factory.django.DjangoModelFactory):
    """An open question; ``answered`` has its state alone, ``PublicAnswerFactory`` gives the answer."""

    class Meta:
        model = PublicQuestion

    class Params:
        answered = factory.Trait(
            state=QuestionState.ANSWERED,
            settled_at=factory.LazyFunction(timezone.now),
            settled_by=factory.SubFactory(UserFactory),
        )
        declined = factory.Trait(
            state=QuestionState.DECLINED,
            settled_at=factory.LazyFunction(timezone.now),
            settled_by=factory.SubFactory(UserFactory),
            reason="Trata de una persona.",
        )

    call = factory.SubFactory(OpenCallFactory)
    text = factory.Sequence(lambda n: f"¿Se puede pagar la renta del local {n}?")
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyFunction(timezone.localdate)


class PublicAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PublicAnswer

    question = factory.SubFactory(PublicQuestionFactory, answered=True)
    text = factory.Sequence(lambda n: f"Sí, hasta el {n} por ciento.")
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
