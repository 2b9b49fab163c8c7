"""Who may give which role, how it is accepted, how it ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import teams
from accounts.models import BodyKind, Invitation, Membership, Role, TrailEntry, User
from accounts.rules import grantable_roles
from jobs import runner
from tests.factories.accounts import BodyFactory, MembershipFactory, UserFactory, member

pytestmark = pytest.mark.django_db

PASSWORD = "la casa abierta de Tonalá"


@pytest.fixture
def casa_abierta():
    return BodyFactory(organization=True, name_es="Casa Abierta, A.C.")


@pytest.fixture
def rosa(casa_abierta):
    """The legal representative."""
    return member(Role.REPRESENTATIVE, casa_abierta, name="Rosa")


@pytest.mark.parametrize(
    ("held", "kind", "may"),
    [
        (Role.REPRESENTATIVE, BodyKind.ORGANIZATION, {"representative", "drafter"}),
        (Role.DRAFTER, BodyKind.ORGANIZATION, set()),
        (Role.OPERATOR, BodyKind.AGENCY, set()),
        (Role.CHAIR, BodyKind.COMMITTEE, set()),
        (Role.MONITORING, BodyKind.MONITORING, set()),
        (Role.ADMINISTRATOR, BodyKind.PLATFORM, {"administrator"}),
    ],
)
def test_what_each_role_may_give_in_its_own_body(held, kind, may):
    body = BodyFactory(kind=kind)

    assert grantable_roles(member(held, body), body) == may


def test_the_head_gives_the_roles_of_the_own_agency_and_of_no_other():
    own, other = BodyFactory(), BodyFactory()
    head = member(Role.HEAD, own)

    assert grantable_roles(head, own) >= {Role.EDITOR, Role.OPERATOR, Role.AUDITOR}
    assert grantable_roles(head, other) == set()


def test_an_administrator_gives_any_role_that_makes_sense_there(casa_abierta):
    assert grantable_roles(member(Role.ADMINISTRATOR), casa_abierta) == {"representative", "drafter"}


def test_a_role_that_ended_gives_nothing(casa_abierta):
    former = MembershipFactory(role=Role.REPRESENTATIVE, body=casa_abierta, ended=True).user

    assert grantable_roles(former, casa_abierta) == set()


def test_an_invitation_is_mailed_and_kept_in_the_trail(casa_abierta, rosa):
    invitation = teams.invite(casa_abierta, "Luis@Demo.Example", Role.DRAFTER, by=rosa)
    runner.drain()

    (letter,) = mail.outbox
    assert letter.to == ["luis@demo.example"]
    assert invitation.get_absolute_url() in letter.body
    assert "Casa Abierta" in letter.body
    entry = TrailEntry.objects.about(invitation).get()
    assert (entry.act, entry.by, entry.note) == ("invitation.send", rosa, "drafter")


def test_who_may_not_give_the_role_is_told(casa_abierta):
    with pytest.raises(teams.CannotInvite):
        teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=UserFactory())


def test_a_role_of_another_kind_of_body_cannot_be_given(casa_abierta, rosa):
    with pytest.raises(teams.CannotInvite):
        teams.invite(casa_abierta, "luis@demo.example", Role.HEAD, by=rosa)


def test_accepting_with_an_account_gives_the_role_and_seals_it(casa_abierta, rosa):
    luis = UserFactory(email="luis@demo.example")
    invitation = teams.invite(casa_abierta, luis.email, Role.DRAFTER, by=rosa)

    membership = teams.accept(invitation, by=luis)

    assert luis.memberships.current().get() == membership
    entry = TrailEntry.objects.about(membership).get()
    assert (entry.act, entry.by) == ("membership.grant", luis)
    assert entry.digest


def test_nobody_else_can_accept_it(casa_abierta, rosa):
    invitation = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)

    with pytest.raises(teams.CannotAccept):
        teams.accept(invitation, by=UserFactory())


def test_it_is_accepted_once(casa_abierta, rosa):
    luis = UserFactory(email="luis@demo.example")
    invitation = teams.invite(casa_abierta, luis.email, Role.DRAFTER, by=rosa)
    teams.accept(invitation, by=luis)

    with pytest.raises(teams.CannotAccept):
        teams.accept(invitation, by=luis)


def test_it_expires_after_fourteen_days(casa_abierta, rosa):
    long_ago = timezone.now() - timedelta(days=14)
    invitation = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa, at=long_ago)

    with pytest.raises(teams.CannotAccept):
        teams.accept(invitation, by=UserFactory(email="luis@demo.example"))


def test_a_new_invitation_takes_the_place_of_the_older(casa_abierta, rosa):
    older = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)
    newer = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)

    assert teams.open_invitation(older.token) is None
    assert teams.open_invitation(newer.token) == newer


def test_ending_a_role_dates_it_tells_the_person_and_is_kept(casa_abierta, rosa):
    luis = member(Role.DRAFTER, casa_abierta)
    held = luis.memberships.get()

    teams.end(held, by=rosa)

    assert not luis.memberships.current().exists()
    assert luis.notices.get().kind == "membership.end"
    assert TrailEntry.objects.about(held).get().by == rosa


def test_the_last_representative_stays_until_another_comes(casa_abierta, rosa):
    with pytest.raises(teams.CannotEnd):
        teams.end(rosa.memberships.get(), by=rosa)

    member(Role.REPRESENTATIVE, casa_abierta)
    teams.end(rosa.memberships.get(), by=rosa)

    assert not rosa.memberships.current().exists()


def test_the_last_administrator_cannot_go():
    admin = member(Role.ADMINISTRATOR)

    with pytest.raises(teams.CannotEnd):
        teams.end(admin.memberships.get(), by=admin)


# --- screens ----------------------------------------------------------------------------------------


def test_a_team_is_seen_by_its_people_and_by_nobody_else(client, casa_abierta, rosa):
    client.force_login(rosa)
    assert client.get(casa_abierta.get_absolute_url()).status_code == 200

    client.force_login(UserFactory())
    assert client.get(casa_abierta.get_absolute_url()).status_code == 404


def test_a_drafter_sees_the_team_and_may_not_invite(client, casa_abierta, rosa):
    client.force_login(member(Role.DRAFTER, casa_abierta))

    page = client.get(casa_abierta.get_absolute_url())
    answer = client.post(casa_abierta.get_absolute_url(), {"email": "x@demo.example", "role": "drafter"})

    assert "Rosa" in page.text
    assert 'name="email"' not in page.text
    assert answer.status_code == 403
    assert Invitation.objects.count() == 0


def test_an_evaluator_does_not_see_who_else_is_in_the_committee(client):
    committee = BodyFactory(committee=True)
    client.force_login(member(Role.EVALUATOR, committee))

    assert client.get(committee.get_absolute_url()).status_code == 404


def test_a_representative_invites_from_the_page_once_however_often_it_is_sent(client, casa_abierta, rosa):
    client.force_login(rosa)
    sent = {"email": "luis@demo.example", "role": "drafter", "idempotency_key": "clave-1"}

    first = client.post(casa_abierta.get_absolute_url(), sent)
    again = client.post(casa_abierta.get_absolute_url(), sent)

    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url
    assert Invitation.objects.count() == 1


def test_a_wrong_address_is_answered_beside_the_field(client, casa_abierta, rosa):
    client.force_login(rosa)

    page = client.post(casa_abierta.get_absolute_url(), {"email": "luis(at)demo", "role": "drafter"})

    assert page.status_code == 200
    assert page.context["form"].errors["email"]
    assert "luis(at)demo" in page.text


def test_ending_a_role_from_the_page(client, casa_abierta, rosa):
    held = member(Role.DRAFTER, casa_abierta).memberships.get()
    client.force_login(rosa)

    client.post(f"{casa_abierta.get_absolute_url()}roles/{held.public_id}/terminar/")

    held.refresh_from_db()
    assert held.until is not None


def test_a_role_of_another_body_cannot_be_ended_through_mine(client, casa_abierta, rosa):
    foreign = MembershipFactory(role=Role.DRAFTER, body=BodyFactory(organization=True))
    client.force_login(rosa)

    answer = client.post(f"{casa_abierta.get_absolute_url()}roles/{foreign.public_id}/terminar/")

    assert answer.status_code == 404


def test_a_new_person_accepts_and_is_signed_in(client, casa_abierta, rosa):
    invitation = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)
    address = invitation.get_absolute_url()
    assert client.get(address).status_code == 200

    answer = client.post(address, {"name": "Luis Peña", "password": PASSWORD})

    luis = User.objects.get(email="luis@demo.example")
    assert (answer.status_code, answer.url) == (302, "/mi/")
    assert (luis.name, luis.check_password(PASSWORD)) == ("Luis Peña", True)
    assert Membership.objects.current().get(user=luis).role == Role.DRAFTER
    assert client.get("/mi/").status_code == 200


def test_a_weak_password_is_refused_and_nothing_is_opened(client, casa_abierta, rosa):
    invitation = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)

    page = client.post(invitation.get_absolute_url(), {"name": "Luis", "password": "corta"})

    assert page.context["form"].errors["password"]
    assert not User.objects.filter(email="luis@demo.example").exists()


def test_who_has_an_account_signs_in_first(client, casa_abierta, rosa):
    UserFactory(email="luis@demo.example")
    invitation = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)

    answer = client.post(invitation.get_absolute_url(), {"name": "Otro", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.url.startswith("/cuenta/entrar/")


def test_an_invitation_that_is_over_says_so(client, casa_abierta, rosa):
    invitation = teams.invite(casa_abierta, "luis@demo.example", Role.DRAFTER, by=rosa)
    teams.withdraw(invitation, by=rosa)

    assert client.get(invitation.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("count", [1, 30])
def test_a_team_costs_the_same_for_one_as_for_thirty(
    client, casa_abierta, rosa, count, django_assert_num_queries
):
    MembershipFactory.create_batch(count, role=Role.DRAFTER, body=casa_abierta)
    MembershipFactory.create_batch(count, role=Role.DRAFTER, body=casa_abierta, ended=True)
    client.force_login(rosa)

    with django_assert_num_queries(9):
        page = client.get(casa_abierta.get_absolute_url())

    assert page.text.count("<tr>") == 2 * count + 1 + 2


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_teams_costs_the_same_for_one_as_for_thirty(client, count, django_assert_num_queries):
    admin = member(Role.ADMINISTRATOR)
    BodyFactory.create_batch(count)
    client.force_login(admin)

    with django_assert_num_queries(7):
        assert client.get("/equipo/").status_code == 200


@pytest.mark.parametrize(
    ("role", "tells"), [(Role.SECRETARY, True), (Role.CHAIR, True), (Role.MEMBER, False)]
)
def test_who_scores_is_told_to_who_runs_the_committee_and_to_no_other_member(client, role, tells):
    committee = BodyFactory(committee=True)
    member(Role.EVALUATOR, committee, name="Eva Evaluadora")
    member(Role.MEMBER, committee, name="Minerva Vocal")
    client.force_login(member(role, committee))

    page = client.get(committee.get_absolute_url()).text

    assert "Minerva Vocal" in page
    assert ("Eva Evaluadora" in page) is tells
