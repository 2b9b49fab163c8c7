"""Evidence of how a call was made known, as rows; its acts are tested with the acts themselves."""

from datetime import date

import factory
from django.utils import timezone

from calls.models import Evidence
from calls.states import EvidenceState
from tests.factories.accounts import UserFactory
from tests.factories.applications import OpenCallFactory
from tests.factories.documents import DocumentFactory


class EvidenceFactory(factory.django.DjangoModelFactory):
    """An action besides the plan with an address; ``planned`` by giving an ``action`` and no name."""

    class Meta:
        model = Evidence

    class Params:
        withdrawn = factory.Trait(
            state=EvidenceState.WITHDRAWN,
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawn_by=factory.SubFactory(UserFactory),
            withdrawn_reason="La foto era de otra reunión.",
        )
        with_file = factory.Trait(url="", document=factory.SubFactory(DocumentFactory))

    call = factory.SubFactory(OpenCallFactory)
    name = factory.LazyAttributeSequence(lambda o, n: "" if o.action else f"Cartel {n}")
    action = None
    on = date(2026, 3, 5)
    account = factory.Sequence(lambda n: f"Se pegaron carteles en {n} casas de la cultura.")
    url = "https://demo.example/difusion"
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
