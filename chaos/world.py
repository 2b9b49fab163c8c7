"""A call that receives, and as many complete drafts of as many organizations as a run needs.

The first application is made by the portal's own actions; the others are its copies, written in bulk. People,
organizations and texts are invented.
"""

import hashlib
from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts import acts
from accounts.models import Body, BodyKind, Membership, Role, User
from calls.models import Application, Organization
from tests.factories.accounts import member
from tests.factories.applications import ApplicationFactory, OpenCallFactory, representative_of

GIVEN = ("calls_eligibilityanswer", "calls_answer", "calls_budgetline", "calls_supplieddocument")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Applicant:
    """A draft that lacks nothing, and the session of the representative who sends it."""

    application: Application
    session: str


def prepare():
    call_command("prepare", verbosity=0)


def complete_draft():
    """The first one, with its call, people and Rules."""
    with acts.explicit_time():
        return ApplicationFactory(complete=True)


def another_call(draft):
    """A call of the same Rules."""
    return OpenCallFactory(edition=None, publication=draft.call.publication)


def operator_of(call):
    return session_of(member(Role.OPERATOR, call.agency.body))


def applicants(draft, call, count):
    """So many organizations, each with its representative and a complete draft for the call."""
    first = Application.objects.count()
    numbers = range(first, first + count)
    people = User.objects.bulk_create(
        User(email=f"rep{n}@demo.example", name=f"Representante {n}", public_id=f"u{n}")
        for n in numbers
    )  # fmt: skip
    bodies = Body.objects.bulk_create(
        Body(kind=BodyKind.ORGANIZATION, name_es=f"Colectiva de la prueba {n}") for n in numbers
    )
    Membership.objects.bulk_create(
        Membership(user=person, body=body, role=Role.REPRESENTATIVE, since=timezone.now())
        for person, body in zip(people, bodies, strict=True)
    )
    organizations = Organization.objects.bulk_create(
        Organization(body=body, legal_form="ac", rfc=f"PRU{n:09}")
        for n, body in zip(numbers, bodies, strict=True)
    )
    made = Application.objects.bulk_create(
        Application(
            call=call, organization=organization, project_title=draft.project_title, modality=draft.modality,
            municipality=draft.municipality, requested_amount=draft.requested_amount,
            started_at=draft.started_at, started_by=person,
        )
        for organization, person in zip(organizations, people, strict=True)
    )  # fmt: skip
    for table in GIVEN:
        _copy(table, draft, call)
    return [Applicant(one, session_of(person)) for one, person in zip(made, people, strict=True)]


def _copy(table, draft, call):
    """What the first one was given, to every application of the call."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
        kept = [column.name for column in described if column.name not in ("id", "application_id")]
        names, copied = ", ".join(kept), ", ".join(f"t.{name}" for name in kept)
        cursor.execute(
            f"INSERT INTO {table} (application_id, {names}) SELECT a.id, {copied} "  # noqa: S608 -- names of our own tables
            f"FROM {table} t, calls_application a WHERE t.application_id = %s AND a.call_id = %s",
            [draft.pk, call.pk],
        )


def session_of(user):
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def applicant_of(draft):
    return Applicant(draft, session_of(representative_of(draft.organization)))


def sha256(content):
    return hashlib.sha256(content).hexdigest()
