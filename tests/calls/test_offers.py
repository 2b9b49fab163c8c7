"""What the public page of the Rules offers of calls, and to whom."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from tests.factories.accounts import UserFactory, member
from tests.factories.calls import OPENING, CallFactory, operator_of
from tests.factories.programs import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    with time_machine.travel(OPENING, tick=True):
        yield EditionFactory(published=True).publications.get()


def page(client, publication):
    answer = client.get(publication.edition.get_absolute_url())
    assert answer.status_code == 200
    return answer.text


def opening(publication):
    return reverse("calls:open", args=[publication.edition.code])


def test_the_operator_is_offered_to_open_a_call(client, rules):
    client.force_login(operator_of(rules))

    assert opening(rules) in page(client, rules)


@pytest.mark.parametrize("role", [Role.HEAD, Role.EDITOR, Role.VERIFIER, Role.LEGAL])
def test_nobody_else_of_the_agency_is(client, rules, role):
    client.force_login(member(role, rules.edition.program.agency.body))

    assert opening(rules) not in page(client, rules)


def test_neither_a_visitor_nor_the_operator_of_another_agency_is(client, rules):
    assert opening(rules) not in page(client, rules)

    client.force_login(operator_of(EditionFactory(published=True).publications.get()))
    assert opening(rules) not in page(client, rules)


def test_past_rules_open_no_call(client):
    past = EditionFactory(published=True, fiscal_year=2025).publications.get()
    client.force_login(operator_of(past))

    with time_machine.travel(OPENING, tick=True):
        assert opening(past) not in page(client, past)


def test_the_calls_made_from_the_rules_are_linked_drafts_only_to_their_agency(client, rules):
    draft = CallFactory(publication=rules)
    link = f'href="{draft.get_absolute_url()}"'

    assert link not in page(client, rules)
    client.force_login(UserFactory())
    assert link not in page(client, rules)
    client.force_login(operator_of(rules))
    assert link in page(client, rules)
