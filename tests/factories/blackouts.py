"""Electoral blackouts as rows, around a moment or now; their acts are tested with the acts themselves."""

from datetime import timedelta

import factory
from django.utils import timezone

from programs.models import AgencyDuty, BlackoutException, BlackoutPeriod
from programs.states import BlackoutState
from tests.factories.accounts import UserFactory, member
from tests.factories.programs import AgencyDutyFactory


def planner(role="guide_owner"):
    """Somebody of the secretariat that prepares the Guides."""
    found = AgencyDuty.objects.of_kind(AgencyDuty.Kind.GUIDES).select_related("agency__body").first()
    duty = found or AgencyDutyFactory(kind=AgencyDuty.Kind.GUIDES)
    return member(role, duty.agency.body)


class BlackoutPeriodFactory(factory.django.DjangoModelFactory):
    """In force now; ``noted`` is not confirmed, and ``around`` puts it elsewhere in time."""

    class Meta:
        model = BlackoutPeriod

    class Params:
        noted = factory.Trait(state=BlackoutState.NOTED, confirmed_at=None, confirmed_by=None)

    kind = "local"
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=10))
    source = "Acuerdo ficticio 0 de la autoridad electoral"
    state = BlackoutState.CONFIRMED
    confirmed_at = factory.LazyFunction(timezone.now)
    confirmed_by = factory.SubFactory(UserFactory)


class BlackoutExceptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlackoutException

    period = factory.SubFactory(BlackoutPeriodFactory)
    kind = "poster"
    reference = factory.Sequence(lambda n: f"CONV-{n}")
    reason = "Es de protección civil."
    basis = "Artículo 0 del acuerdo ficticio."
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
