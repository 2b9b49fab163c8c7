"""Who asked to be told of calls, and what they were told."""

from datetime import UTC, datetime

import factory

from calls.folding import fold
from calls.models import Interest, News, NewsMail, Subscription
from tests.factories.calls import CallFactory

BEFORE = datetime(2026, 1, 10, 18, 0, tzinfo=UTC)


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A confirmed address, told of nothing yet; ``pending`` has not confirmed."""

    class Meta:
        model = Subscription

    class Params:
        pending = factory.Trait(state="pending", confirmed_at=None)

    address = factory.Sequence(lambda n: f"persona{n}@demo.example")
    language = "es-mx"
    state = "active"
    requested_at = confirmed_at = BEFORE


class InterestFactory(factory.django.DjangoModelFactory):
    """All calls, unless it says which; ``pending`` waits for its confirmation."""

    class Meta:
        model = Interest

    class Params:
        pending = factory.Trait(
            confirmed_at=None, subscription=factory.SubFactory(SubscriptionFactory, pending=True)
        )

    subscription = factory.SubFactory(SubscriptionFactory)
    topic_key = factory.LazyAttribute(lambda o: fold(o.topic))
    topic = ""
    requested_at = confirmed_at = BEFORE


class NewsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = News

    call = factory.SubFactory(CallFactory, published=True)
    kind = News.Kind.LAST_WEEK
    at = datetime(2026, 3, 25, 15, 0, tzinfo=UTC)


class NewsMailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NewsMail

    subscription = factory.SubFactory(SubscriptionFactory)
    news = factory.SubFactory(NewsFactory)
    at = datetime(2026, 3, 25, 15, 1, tzinfo=UTC)
