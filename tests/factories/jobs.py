"""Work to be done later."""

from datetime import timedelta

import factory
from django.utils import timezone

from jobs.models import IdempotencyKey, Job, Lease
from tests.factories.accounts import UserFactory


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    class Params:
        failed = factory.Trait(
            state="failed", reason="The disk was full.", finished_at=factory.LazyFunction(timezone.now)
        )
        done = factory.Trait(state="done", finished_at=factory.LazyFunction(timezone.now))

    task = "jobs.tasks.nothing"
    subject = factory.Sequence(lambda n: f"ASUNTO-{n}")


class IdempotencyKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IdempotencyKey

    key = factory.Sequence(lambda n: f"key-{n}")
    scope = "test"
    user = factory.SubFactory(UserFactory)


class LeaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lease

    name = factory.Sequence(lambda n: f"lease-{n}")
    holder = "somebody"
    until = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=1))
