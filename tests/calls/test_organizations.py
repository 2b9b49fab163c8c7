"""Organizations: registered once, with identifiers that were read, and a guarded account."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, TrailEntry
from calls.actions import organizations
from calls.models import Organization, ReadingRight
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.applications import (
    ApplicationFactory,
    OrganizationFactory,
    drafter_of,
    municipality,
    operator_of,
)
from tests.factories.applications import representative_of as represents

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Mujeres en Oficio A.C.", "rfc": "dme-060314-st1", "legal_form": "ac", "cluni": "DME0603141301B",
    "postal_code": "44100", "phone": "33 1234 5678", "clabe": "032 180 000118359719",
}  # fmt: skip


@pytest.fixture
def ana(client):
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)
    return person


def test_whoever_registers_an_organization_represents_it(client, ana):
    municipality()

    client.post(reverse("calls:organization_new"), GIVEN)

    organization = Organization.objects.get()
    assert (organization.rfc, organization.clabe, organization.phone) == (
        "DME060314ST1", "032180000118359719", "3312345678",
    )  # fmt: skip
    assert organization.municipality.name == "Guadalajara"
    assert organization.body.memberships.get().user == ana
    assert organization.body.memberships.get().role == Role.REPRESENTATIVE
    assert TrailEntry.objects.about(organization).get().act == "organization.register"


def test_only_a_person_with_a_confirmed_address_registers(client):
    client.force_login(UserFactory())

    assert client.get(reverse("calls:organization_new")).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [("rfc", "GODE561231GR8"), ("rfc", "XAXX010101000"), ("rfc", "DME061314ST1"), ("cluni", "DME06031"),
     ("clabe", "032180000118359718"), ("postal_code", "00000"), ("phone", "12345")],
)  # fmt: skip
def test_a_wrong_identifier_is_answered_beside_its_field_and_stays_typed(client, ana, field, value):
    response = client.post(reverse("calls:organization_new"), GIVEN | {field: value})

    assert list(response.context["form"].errors) == [field]
    assert f'value="{value}"' in response.text
    assert Organization.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("rfc", "DME060314ST2"), ("cluni", "ISC24092021FQV"), ("postal_code", "06000")]
)
def test_what_looks_unusual_is_asked_about_and_accepted_when_ticked(client, ana, field, value):
    municipality()
    given = GIVEN | {field: value}

    asked = client.post(reverse("calls:organization_new"), given)
    assert {field, "confirmed"} <= set(asked.context["form"].errors)

    client.post(reverse("calls:organization_new"), given | {"confirmed": "on"})
    assert getattr(Organization.objects.get(), field) == value


def test_an_rfc_is_registered_once(client, ana):
    OrganizationFactory(rfc="DME060314ST1")

    response = client.post(reverse("calls:organization_new"), GIVEN)

    assert response.context["form"].errors["rfc"]
    with pytest.raises(organizations.CannotRegister):
        organizations.register(name="Otra", rfc="DME060314ST1", by=ana, legal_form="ac")


def test_a_double_click_registers_one(client, ana):
    given = GIVEN | {"idempotency_key": "k"}

    first, second = (client.post(reverse("calls:organization_new"), given) for _ in range(2))

    assert first.url == second.url
    assert Organization.objects.count() == 1


def test_members_and_the_desk_that_received_from_it_see_it_strangers_do_not(client):
    application = ApplicationFactory(submitted=True)
    organization = application.organization
    for person, status in [
        (represents(organization), 200), (drafter_of(organization), 200),
        (operator_of(application.call), 200),
        (UserFactory(), 404), (represents(OrganizationFactory()), 404),
    ]:  # fmt: skip
        client.force_login(person)
        assert client.get(organization.get_absolute_url()).status_code == status


def test_only_the_representative_changes_the_data(client):
    organization = OrganizationFactory(drafter=True)
    address = reverse("calls:organization_edit", args=[organization.public_id])
    client.force_login(drafter_of(organization))
    assert client.get(address).status_code == 403

    client.force_login(represents(organization))
    given = {"name": "Nombre nuevo A.C.", "rfc": organization.rfc, "legal_form": "ac", "clabe": ""}
    client.post(address, given)

    organization.refresh_from_db()
    organization.body.refresh_from_db()
    assert organization.body.name_es == "Nombre nuevo A.C."
    assert organization.clabe == "032180000118359719"
    assert TrailEntry.objects.about(organization).get(act="organization.update").note == "name"


def test_the_account_is_masked_and_each_whole_look_at_it_is_in_the_trail(client):
    organization = OrganizationFactory(drafter=True)
    address = reverse("calls:organization_account", args=[organization.public_id])
    client.force_login(represents(organization))

    shown = client.get(organization.get_absolute_url()).text
    assert "**************9719" in shown
    assert organization.clabe not in shown
    assert organization.clabe in client.post(address).text
    assert TrailEntry.objects.about(organization).filter(act="organization.reveal_account").count() == 1

    client.force_login(drafter_of(organization))
    assert client.post(address).status_code == 403


def committee_member_of(application):
    """Somebody whom an act let read the application, in order to decide on it."""
    mina = UserFactory()
    ReadingRight.objects.create(
        user=mina, application=application, kind=ReadingRight.Kind.COMMITTEE, since=timezone.now()
    )
    return mina


@pytest.mark.parametrize(
    ("reader", "sees_account"),
    [
        (committee_member_of, False),
        (lambda application: operator_of(application.call), True),
        (lambda application: member(Role.AUDITOR), True),
        (lambda application: represents(application.organization), True),
    ],
    ids=["committee", "operator", "auditor", "representative"],
)
def test_the_end_of_the_account_is_for_its_people_the_desk_and_the_comptroller(client, reader, sees_account):
    """Whoever decides on a project needs neither the bank nor the last four digits."""
    application = ApplicationFactory(submitted=True)
    client.force_login(reader(application))

    page = client.get(application.organization.get_absolute_url())

    assert page.status_code == 200
    assert ("**************9719" in page.text, "Banorte (Ixe)" in page.text, "CLABE" in page.text) == (
        sees_account,
    ) * 3


def test_a_committee_member_who_works_at_another_desk_does_not_see_the_account(client):
    application = ApplicationFactory(submitted=True)
    mina = committee_member_of(application)
    MembershipFactory(user=mina, role=Role.OPERATOR)
    client.force_login(mina)

    page = client.get(application.organization.get_absolute_url())

    assert (page.status_code, "9719" in page.text) == (200, False)
