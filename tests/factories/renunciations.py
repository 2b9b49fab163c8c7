"""What changes after the results: an award renounced, and one from the reserve list."""

import factory

from calls.models import Renunciation
from calls.states import ApplicationState
from evaluations.models import Promotion
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import AFTER, ReceivedApplicationFactory, RulingFactory


class RenunciationFactory(factory.django.DjangoModelFactory):
    """An organization gave its award up."""

    class Meta:
        model = Renunciation

    application = factory.SubFactory(
        ReceivedApplicationFactory, state=ApplicationState.RENOUNCED, awarded_amount=100_000
    )
    reason = "Ya no puede ejecutarse el proyecto."
    at = AFTER
    by = factory.SubFactory(UserFactory)


class PromotionFactory(factory.django.DjangoModelFactory):
    """One of the reserve list awarded what another gave up."""

    class Meta:
        model = Promotion

    ruling = factory.SubFactory(RulingFactory, outcome="reserve", reserve_order=1)
    call = factory.SelfAttribute("ruling.call")
    amount = 100_000
    reasons = "Sigue en el orden de la lista."
    legal_basis = "Regla 9."
    decided_by = factory.SubFactory(UserFactory)
    decided_at = AFTER
