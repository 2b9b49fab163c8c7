"""``/administracion/``: opened by administrators alone, and without power over anything with states."""

import pytest

from accounts.models import Membership, Role, TrailEntry, User
from tests.factories.accounts import BodyFactory, MembershipFactory, TrailEntryFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_user():
    return member(Role.ADMINISTRATOR, is_staff=True)


def test_a_superuser_has_no_power_in_the_domain():
    root = UserFactory(is_superuser=True, is_staff=True)
    body = BodyFactory()

    assert not root.has_perm("accounts.manage_body", body)
    assert not root.has_perm("accounts.view_body", body)
    assert not root.has_perm("jobs.view_all_jobs")


@pytest.mark.parametrize(
    ("person", "status"),
    [({}, 403), ({"is_staff": True}, 403), ({"is_superuser": True, "is_staff": True}, 403)],
)
def test_a_flag_opens_nothing(client, person, status):
    client.force_login(UserFactory(**person))

    assert client.get("/administracion/", follow=True).status_code == status


def test_a_former_administrator_is_out(client):
    former = MembershipFactory(role=Role.ADMINISTRATOR, body=BodyFactory(platform=True), ended=True).user
    former.is_staff = True
    former.save(update_fields=["is_staff"])
    client.force_login(former)

    assert client.get("/administracion/", follow=True).status_code == 403


def test_a_visitor_is_sent_to_the_portals_own_sign_in(client):
    answer = client.get("/administracion/", follow=True)

    assert answer.request["PATH_INFO"] == "/cuenta/entrar/"


@pytest.mark.parametrize("model", ["user", "body", "membership", "invitation", "trailentry"])
def test_an_administrator_sees_the_lists(client, admin_user, model):
    TrailEntryFactory()
    client.force_login(admin_user)

    assert client.get(f"/administracion/accounts/{model}/").status_code == 200


def test_the_trail_and_the_roles_are_only_looked_at(client, admin_user):
    entry, held = TrailEntryFactory(), MembershipFactory(role=Role.EDITOR)
    client.force_login(admin_user)

    assert (
        client.post(f"/administracion/accounts/trailentry/{entry.pk}/change/", {"act": "x"}).status_code
        == 403
    )
    assert (
        client.post(f"/administracion/accounts/membership/{held.pk}/change/", {"role": "head"}).status_code
        == 403
    )
    assert client.get("/administracion/accounts/membership/add/").status_code == 403
    assert (
        client.post(f"/administracion/accounts/user/{held.user_id}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert TrailEntry.objects.get(pk=entry.pk).act == entry.act
    assert Membership.objects.get(pk=held.pk).role == Role.EDITOR


def test_an_administrator_can_close_an_account_and_not_make_a_superuser(client, admin_user):
    luis = UserFactory(name="Luis")
    client.force_login(admin_user)

    client.post(
        f"/administracion/accounts/user/{luis.pk}/change/",
        {"name": "Luis", "language": "es-mx", "is_superuser": "on"},
    )

    luis = User.objects.get(pk=luis.pk)
    assert (luis.is_active, luis.is_superuser) == (False, False)


@pytest.mark.parametrize("path", ["auth/group/", "account/emailaddress/", "mfa/authenticator/"])
def test_secrets_and_unused_powers_have_no_page(client, admin_user, path):
    client.force_login(admin_user)

    assert client.get(f"/administracion/{path}").status_code == 404
