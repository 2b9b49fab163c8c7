"""Who may do what with an edition: every permission, every role, own agency and another."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership
from programs.models import Edition
from programs.rules import drafts_visible_to
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, people_of

pytestmark = pytest.mark.django_db

ROLES = ["editor", "legal", "operator", "verifier", "head", "budget", "auditor", "assessor", "guide_owner"]
STATES = ["complete", "sent", "approved", "published"]
MAY = {
    "programs.change_edition": {"complete": {"editor"}},
    "programs.send_edition": {state: {"editor"} for state in STATES},
    "programs.sign_edition": {"sent": {"legal"}},
    "programs.publish_edition": {state: {"head"} for state in STATES},
}
INSIDE, OVERSEEING = {"editor", "legal", "operator", "head"}, {"budget", "auditor", "assessor", "guide_owner"}
MAY["programs.view_draft"] = {
    "complete": INSIDE,
    "sent": INSIDE | OVERSEEING,
    "approved": INSIDE | OVERSEEING,
    "published": INSIDE,
}


@pytest.mark.parametrize("state", ["complete", "sent", "approved", "published"])
def test_each_permission_is_held_by_its_roles_alone(state):
    edition = EditionFactory(**{state: True})
    people = people_of(edition)

    held = {
        permission: {role for role in ROLES if getattr(people, role).has_perm(permission, edition)}
        for permission in MAY
    }

    assert held == {permission: states.get(state, set()) for permission, states in MAY.items()}


@pytest.mark.parametrize("role", ["editor", "legal", "operator", "head"])
@pytest.mark.parametrize("permission", sorted(MAY))
def test_roles_in_another_agency_do_not_count(role, permission):
    edition, stranger = EditionFactory(sent=True), getattr(people_of(EditionFactory()), role)

    assert not stranger.has_perm(permission, edition)


@pytest.mark.parametrize("permission", sorted(MAY))
def test_a_visitor_may_do_nothing_of_it(permission):
    edition = EditionFactory(sent=True)

    assert not AnonymousUser().has_perm(permission, edition)


@pytest.mark.parametrize("permission", sorted(MAY))
def test_a_superuser_gets_no_way_round(permission):
    edition = EditionFactory(sent=True)

    assert not UserFactory(is_superuser=True).has_perm(permission, edition)


@pytest.mark.parametrize("permission", sorted(MAY))
def test_a_role_that_ended_does_not_count(permission):
    edition = EditionFactory(sent=True)
    people = people_of(edition)
    everybody = [getattr(people, role) for role in ROLES]
    Membership.objects.update(since="2020-01-01T00:00Z", until="2020-01-02T00:00Z")

    assert not any(person.has_perm(permission, edition) for person in everybody)


@pytest.mark.parametrize("role", [*ROLES, "stranger"])
def test_list_and_permission_agree_on_what_is_visible(role):
    editions = [EditionFactory(**{state: True}) for state in ("complete", "sent", "approved", "published")]
    person = UserFactory() if role == "stranger" else getattr(people_of(editions[1]), role)

    assert set(drafts_visible_to(person)) == {
        one for one in Edition.objects.all() if person.has_perm("programs.view_draft", one)
    }
