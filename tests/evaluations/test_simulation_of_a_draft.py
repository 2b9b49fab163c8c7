"""The simulator of Rules that are being written: on past files or on made-up ones."""

import pytest
from django.urls import reverse

from accounts.models import Role
from evaluations.models import Ruling
from programs.models import Criterion
from tests.factories.accounts import UserFactory, member
from tests.factories.evaluations import evaluation
from tests.factories.programs import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    return evaluation("release")


@pytest.fixture
def edition(played):
    """Next year's Rules of the same program, being drafted with the same criteria."""
    return next_year_of(played.call)


def next_year_of(call):
    """The Rules of the call's program for the year after, empty."""
    edition = call.publication.edition
    return EditionFactory(program=edition.program, fiscal_year=edition.fiscal_year + 1, draft=True)


@pytest.fixture
def editor(edition):
    return member(Role.EDITOR, edition.program.agency.body, name="Elena Ruiz")


def address(edition):
    return reverse("evaluations:draft_simulator", args=[edition.code])


def with_criteria(edition):
    for position, (key, weight) in enumerate([("need", 60), ("impact", 40)]):
        Criterion.objects.create(edition=edition, key=key, name=key, weight=weight, position=position)
    return edition


def test_the_editor_tries_the_draft_on_made_up_files(client, edition, editor):
    client.force_login(editor)
    with_criteria(edition)

    page = client.get(address(edition), {"de": "", "semilla": 7, "cuantas": 25})
    again = client.get(address(edition), {"de": "", "semilla": 7, "cuantas": 25})

    assert page.context["files"] == 25
    assert [line.file for line in page.context["comparison"].lines] == [
        line.file for line in again.context["comparison"].lines
    ]


def test_a_scenario_keeps_the_files_it_is_about(client, edition, editor):
    client.force_login(editor)
    with_criteria(edition)
    scenario = {
        "de": "", "semilla": 7, "cuantas": 25, "minimo": 60, "presupuesto": 10,
        "peso-need": 30, "peso-impact": 70,
    }  # fmt: skip

    page = client.get(address(edition), scenario)

    assert page.context["comparison"].after.files == 25
    assert '<input type="hidden" name="semilla" value="7">' in page.text


def test_the_editor_tries_other_rules_on_the_released_files_of_the_program(client, played, edition, editor):
    client.force_login(editor)

    page = client.get(address(edition), {"de": played.call.folio})

    assert [line.file.folio for line in page.context["comparison"].lines] == [
        ruling.application.folio for ruling in Ruling.objects.in_rank_order()
    ]
    assert page.context["comparison"].flips == []
    assert str(played.applications[0].organization) not in page.text


def test_a_call_that_is_not_released_is_no_ground(client):
    pending = evaluation("close")
    edition = next_year_of(pending.call)
    client.force_login(member(Role.EDITOR, edition.program.agency.body, name="Elena Ruiz"))

    page = client.get(address(edition), {"de": pending.call.folio})

    assert [folio for folio, _name in page.context["source"].fields["de"].choices] == [""]
    assert page.context["files"] == 0
    assert pending.applications[0].folio not in page.text


def test_without_criteria_there_is_nothing_to_simulate_yet(client, edition, editor):
    client.force_login(editor)

    page = client.get(address(edition))

    assert page.status_code == 200
    assert "Escriba los criterios" in page.text


def test_strangers_find_no_simulator(client, edition):
    client.force_login(UserFactory())

    assert client.get(address(edition)).status_code == 404
    assert client.get(f"{address(edition)}datos.csv").status_code == 404


def test_the_draft_leads_to_it(client, edition, editor):
    client.force_login(editor)

    page = client.get(reverse("programs:draft", args=[edition.code]))

    assert address(edition) in page.text
