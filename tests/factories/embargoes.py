"""Results left for a chosen minute."""

from datetime import timedelta

import factory

from evaluations.models import Embargo
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory
from tests.factories.evaluations import AFTER


class EmbargoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Embargo

    call = factory.SubFactory(CallFactory, sealed=True)
    release_at = AFTER + timedelta(days=1)
    set_at = AFTER
    set_by = factory.SubFactory(UserFactory)
