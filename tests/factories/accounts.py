"""People, the bodies they act for, and in which role."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.models import (
    Body,
    BodyKind,
    Invitation,
    Letter,
    Membership,
    Notice,
    Role,
    TrailEntry,
    TrailLeaf,
    TrailLeafSalt,
    TrailNode,
    TrailSalt,
    User,
)

PASSWORD = "una frase larga y sencilla"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@demo.example")
    name = factory.Sequence(lambda n: f"Persona {n}")
    password = factory.django.Password(PASSWORD)


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body

    class Params:
        organization = factory.Trait(kind=BodyKind.ORGANIZATION)
        committee = factory.Trait(kind=BodyKind.COMMITTEE)
        monitoring = factory.Trait(kind=BodyKind.MONITORING, name_es="Comité de Seguimiento")
        platform = factory.Trait(kind=BodyKind.PLATFORM, name_es="Armoniza")

    kind = BodyKind.AGENCY
    name_es = factory.Sequence(lambda n: f"Entidad {n}")
    name_en = factory.Sequence(lambda n: f"Body {n}")
    short_name = factory.Sequence(lambda n: f"E{n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        ended = factory.Trait(until=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))

    user = factory.SubFactory(UserFactory)
    body = factory.SubFactory(BodyFactory)
    role = Role.EDITOR
    since = factory.LazyFunction(lambda: timezone.now() - timedelta(days=365))


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    body = factory.SubFactory(BodyFactory)
    role = Role.EDITOR
    email = factory.Sequence(lambda n: f"invitada{n}@demo.example")
    sent_by = factory.SubFactory(UserFactory)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    to = factory.SubFactory(UserFactory)
    kind = "test"
    subject = factory.Sequence(lambda n: f"Aviso {n}")
    body = "Texto del aviso."


class LetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Letter

    to = factory.Sequence(lambda n: f"persona{n}@demo.example")
    subject = factory.Sequence(lambda n: f"Carta {n}")
    text = "Texto de la carta."


class TrailEntryFactory(factory.django.DjangoModelFactory):
    """A line of the trail about nothing in particular; acts write their own."""

    class Meta:
        model = TrailEntry

    act = "body.noted"
    subject_label = "accounts.body"
    subject_id = factory.Sequence(str)
    subject_name = factory.Sequence(lambda n: f"B{n}")
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)


class TrailSaltFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrailSalt

    entry = factory.SubFactory(TrailEntryFactory)
    salt = "00" * 16


class TrailLeafFactory(factory.django.DjangoModelFactory):
    """The next place in the log, for an entry of its own."""

    class Meta:
        model = TrailLeaf

    index = factory.Sequence(lambda n: n)
    entry = factory.SubFactory(TrailEntryFactory)
    commitment = "0" * 64
    sealed_at = factory.LazyFunction(timezone.now)


class TrailLeafSaltFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrailLeafSalt

    leaf = factory.SubFactory(TrailLeafFactory)
    salt = "0" * 32


class TrailNodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrailNode

    level = 0
    place = factory.Sequence(lambda n: n)
    hash = "0" * 64


def member(role, body=None, **person):
    """A person who holds ``role`` now, in ``body`` or in one that fits the role."""
    membership = MembershipFactory(
        role=role, body=body or BodyFactory(kind=kind_for(role)), user=UserFactory(**person)
    )
    return membership.user


def kind_for(role):
    """The kind of body in which a role makes sense."""
    from accounts.models.bodies import ROLES_OF

    return next(kind for kind, roles in ROLES_OF.items() if role in roles)
