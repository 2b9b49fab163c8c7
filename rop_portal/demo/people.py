"""The fictional people of the demonstration: one for every role, and those the story needs besides."""

from datetime import UTC, datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import Body, BodyKind, Membership, Role, User
from programs.models import Agency
from rop_portal.demo.reading import read

PASSWORD = "demostracion-2026"  # noqa: S105 -- the demonstration's own, printed by ./run
SINCE = datetime(2024, 12, 1, tzinfo=UTC)
DOMAIN = "demo.example"


@cache
def hashed_password():
    """The one password, hashed once for everybody: hashing is slow by design."""
    return make_password(PASSWORD)


def address(local):
    return f"{local}@{DOMAIN}"


def person(local, name):
    """A fictional person with a verified address; the one of that address when it exists."""
    if found := User.objects.filter(email=address(local)).first():
        return found
    user = User.objects.create(email=address(local), password=hashed_password(), name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def give(user, body, role):
    """A role in a body, held since before the first act of the demonstration."""
    Membership.objects.get_or_create(user=user, body=body, role=role, until=None, defaults={"since": SINCE})


def agency(acronym):
    return Agency.objects.select_related("body").get(acronym=acronym)


def who(local):
    return User.objects.get(email=address(local))


def populate():
    """Everybody whose role does not depend on a call."""
    bodies = {"monitoring": monitoring_committee(), "platform": platform()}
    told = read("people")
    for entry in told["people"]:
        body = bodies.get(entry["body"]) or agency(entry["body"]).body
        user = person(entry["email"], entry["name"])
        give(user, body, Role(entry["role"]))
        if entry["role"] == Role.ADMINISTRATOR:
            User.objects.filter(pk=user.pk).update(is_staff=True)
    for acronym in told["other_agencies"]:
        for role in (Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.HEAD):
            local = f"{role}.{acronym.lower()}"
            give(person(local, f"{role.label} de {acronym} (demostración)"), agency(acronym).body, role)
    for entry in [*told["committee"], *told["evaluators"], *told["organization_people"]]:
        person(entry["email"], entry["name"])


def monitoring_committee():
    return _body(BodyKind.MONITORING, "Comité de Seguimiento", "Monitoring Committee")


def platform():
    """The portal's own body, which also marks the database as a demonstration."""
    marked = {"name_es": "Armoniza", "name_en": "Armoniza", "short_name": "Armoniza", "is_demo": True}
    return Body.objects.get_or_create(kind=BodyKind.PLATFORM, defaults=marked)[0]


def _body(kind, es, en):
    body, _made = Body.objects.get_or_create(kind=kind, name_es=es, defaults={"name_en": en})
    return body
