"""The distance between programs: its three parts, what is the same thing, and the lists of what differs."""

from types import SimpleNamespace

import pytest

from programs import distance
from programs.models import Criterion, Milestone, Requirement
from tests.factories.programs import EditionFactory


def said(number, requirements=(), criteria=(), terms=()):
    edition = SimpleNamespace(pk=number, program=SimpleNamespace(name=f"P{number}"))
    return distance.Said(
        edition,
        [Requirement(**{"stage": "application", "form": "copy"} | row) for row in requirements],
        [Criterion(name=name, weight=weight) for name, weight in criteria],
        [Milestone(code=code, days=days, unit=unit) for code, days, unit in terms],
    )


def between(one, other):
    return distance.Map([one, other]).between(one, other)


ACTA = {"name": "Acta constitutiva"}


@pytest.mark.parametrize(
    ("ours", "theirs", "documents"),
    [
        ([ACTA], [ACTA], 0),
        ([ACTA], [{"name": "ACTA CONSTITUTIVA"}], 0),
        ([ACTA], [{"name": "Plan"}], 100),
        ([ACTA], [], 100),
        ([ACTA, {"name": "Plan"}], [ACTA, {"name": "Carta"}], 50),
        ([ACTA], [ACTA | {"stage": "payment"}], 100),
        ([], [], None),
    ],
)
def test_documents_that_both_ask_for_bring_programs_near(ours, theirs, documents):
    assert between(said(1, ours), said(2, theirs)).documents == documents


def test_asking_in_another_way_is_a_seventh_of_half_of_the_document():
    ways = between(said(1, [ACTA]), said(2, [ACTA | {"form": "original"}]))

    assert ways.documents == pytest.approx(100 * 0.5 / 7)


def test_criteria_share_the_points_that_both_give():
    ours, theirs = [("Diagnóstico", 60), ("Equidad", 40)], [("diagnostico", 20), ("Innovación", 80)]

    assert between(said(1, criteria=ours), said(2, criteria=theirs)).criteria == pytest.approx(80)


def test_terms_are_compared_in_days_of_the_calendar():
    ours = [("ruling", 10, "business"), ("agreements_signed", 5, "calendar")]
    theirs = [
        ("ruling", 14, "calendar"),
        ("agreements_signed", 10, "calendar"),
        ("benefit_delivered", 3, "calendar"),
    ]

    assert between(said(1, terms=ours), said(2, terms=theirs)).terms == pytest.approx(100 * (1 - 1.5 / 3))


def test_the_distance_is_the_mean_of_what_is_known_and_the_same_both_ways():
    ours, theirs = said(1, [ACTA], [("A", 100)]), said(2, [ACTA], [("B", 100)])
    found = distance.Map([ours, theirs])

    assert found.between(ours, theirs).total == found.between(theirs, ours).total == 50
    assert found.between(ours, ours) is None
    assert between(said(1), said(2)).total is None


def test_what_several_ask_for_in_different_ways_says_who_asks_how():
    one, two, three = (
        said(1, [ACTA]),
        said(2, [ACTA | {"form": "original"}]),
        said(3, [ACTA, {"name": "Plan"}]),
    )
    found = distance.Map([one, two, three])

    [(group, ways)] = found.duplicates
    assert (group.name, ways) == (
        "Acta constitutiva",
        [("Original o copia", [("Copia", [one.program, three.program]), ("Original", [two.program])])],
    )
    assert [(single, [group.name for group in mine]) for single, mine in found.alone] == [(three, ["Plan"])]
    assert found.agreed == 0


def test_criteria_and_terms_that_differ_are_listed_with_what_each_says():
    one = said(1, criteria=[("A", 60), ("B", 40)], terms=[("ruling", 5, "business")])
    two = said(2, criteria=[("A", 60)], terms=[("ruling", 5, "calendar")])
    found = distance.Map([one, two])

    assert [(group.name, [weight for _said, weight in cells]) for group, cells in found.weights] == [
        ("B", [40, None])
    ]
    assert found.differing_terms == [("Dictaminación", [(one, "5 días hábiles"), (two, "5 días naturales")])]


PAGE = "/armonizacion/distancia/"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 12])
def test_the_page_costs_the_same_for_two_programs_as_for_twelve(client, django_assert_num_queries, count):
    for _number in range(count):
        EditionFactory(published=True)

    with django_assert_num_queries(6):
        page = client.get(PAGE).text

    assert page.count("de 100: ") == count * (count - 1)
    assert "La distancia va de 0 (lo mismo) a 100" in page


@pytest.mark.django_db
def test_the_page_speaks_of_published_rules_of_the_year_alone(client):
    shown = [EditionFactory(published=True).program.agency.acronym for _number in range(2)]
    hidden = EditionFactory(complete=True).program.agency.acronym
    EditionFactory(published=True, fiscal_year=2025)

    page = client.get(PAGE, {"ejercicio": "2026"}).text

    assert [f"<b>{acronym}</b>" in page for acronym in (*shown, hidden)] == [True, True, False]
    assert "Solo un programa tiene Reglas publicadas" in client.get(PAGE, {"ejercicio": "2025"}).text


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["2031", "x", "²"])
def test_a_year_without_rules_does_not_exist(client, typed):
    EditionFactory(published=True)

    assert client.get(PAGE, {"ejercicio": typed}).status_code == 404


@pytest.mark.django_db
def test_without_published_rules_the_page_says_what_it_waits_for(client):
    assert "Todavía no hay Reglas publicadas" in client.get(PAGE).text
