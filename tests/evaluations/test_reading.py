"""What is read of the evaluation: API, board, duties, and lists that cost the same however long they are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.actions import renouncing
from evaluations import panels
from evaluations.actions import conflicts, promoting, remedies
from evaluations.duties import evaluating
from evaluations.models import Assignment, Ruling
from evaluations.rules import powers
from programs.models import Edition
from tests.evaluations.test_remedies import filed_by_its_organization, representative
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import STEPS, evaluation

pytestmark = pytest.mark.django_db
API = "/api/v1/results/"


def address(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def test_the_api_gives_released_rulings_with_their_points(client):
    played = evaluation("release", budget=250_000)

    answer = client.get(API, {"call": played.call.folio, "ordering": "rank"}).json()

    assert answer["count"] == 3
    first = answer["results"][0]
    assert (first["rank"], first["outcome"], first["amount"]) == (1, "award", "100000.00")
    assert [row["points"] for row in first["scores"]] == ["40.00", "60.00"]
    assert not {"session", "decided_by", "evaluator"} & set(first)
    assert client.get(f"{API}{first['folio']}/").json()["folio"] == first["folio"]
    assert client.get(API, {"outcome": "reserve"}).json()["count"] == 1


def test_the_api_tells_what_came_after_the_results_beside_each_ruling(client):
    played = evaluation("release", budget=100_000)
    first, second = (ruling.application for ruling in Ruling.objects.released().in_rank_order()[:2])
    filed = filed_by_its_organization(first)
    remedies.admit(filed, by=played.head)
    remedies.study(filed, by=played.head)
    effect = "Se corrige el motivo; el dinero queda igual."
    remedies.resolve(
        filed, by=played.head, outcome="modified", effect=effect, reasons="SECRETO", legal_basis="L"
    )
    renouncing.renounce(first, reason="SECRETO", by=representative(first))
    promoting.promote(second.ruling, by=played.head, reasons="Sigue en la lista.", legal_basis="Regla 9.")

    answer = client.get(API, {"call": played.call.folio, "ordering": "rank"})

    given_up, promoted, waiting = answer.json()["results"]
    (told,) = given_up["resolutions"]
    assert (given_up["outcome"], given_up["promotion"]) == ("award", None)
    assert given_up["renounced_at"] is not None
    assert (told["outcome"], told["effect"], told["new_outcome"]) == ("modified", effect, "")
    assert (promoted["outcome"], promoted["renounced_at"], promoted["resolutions"]) == ("reserve", None, [])
    assert promoted["promotion"]["amount"] == "100000.00"
    assert promoted["promotion"]["reasons"] == "Sigue en la lista."
    assert (waiting["renounced_at"], waiting["promotion"], waiting["resolutions"]) == (None, None, [])
    assert "SECRETO" not in answer.text


def test_a_remedy_that_changes_nothing_or_waits_is_not_told(client):
    played = evaluation("release")
    waits, confirmed = (filed_by_its_organization(one) for one in played.applications[:2])
    remedies.admit(confirmed, by=played.head)
    remedies.study(confirmed, by=played.head)
    remedies.resolve(confirmed, by=played.head, outcome="confirmed", reasons="R", legal_basis="L")

    rows = client.get(API).json()["results"]

    assert waits.state == "remedy_received"
    assert [row["resolutions"] for row in rows] == [[], [], []]


@pytest.mark.parametrize("count", [1, 12])
def test_the_api_asks_as_much_for_few_as_for_many(client, django_assert_num_queries, count):
    played = evaluation("release", applications=count, budget=100_000 * count)
    for application in played.applications:
        filed_by_its_organization(application)
        renouncing.renounce(application, reason="Sin sede.", by=representative(application))

    with django_assert_num_queries(5):
        assert client.get(API).json()["count"] == count


def test_the_api_knows_nothing_of_what_is_pending(client):
    played = evaluation("close")

    assert client.get(API).json()["count"] == 0
    assert client.get(f"{API}{played.applications[0].folio}/").status_code == 404


@pytest.mark.parametrize("until", ["close", "release"])
def test_the_board_counts_released_results_alone(until):
    played = evaluation(until)

    shown = panels.results(Edition.objects.all(), played.head)

    assert (shown["total"], shown["reviews"]) == ((3, 6) if until == "release" else (0, 0))


def said(user):
    found = [evaluating.declarations, evaluating.files_to_score, evaluating.sessions]
    found += [evaluating.evaluations_to_coordinate, evaluating.results_to_release]
    return [duty.link for read in found for duty in read(user)]


def test_each_one_is_told_what_is_theirs_to_do():
    played = evaluation("appoint")
    call, evaluator = played.call.folio, played.evaluators[0]
    assert said(evaluator) == [address("declare", call)]
    assert said(played.operator) == [address("coordination", call)]

    played.declare().distribute()
    assert said(evaluator) == [address("board")]

    played.score().convene()
    assert said(evaluator) == []
    assert said(played.chair) == [played.session.get_absolute_url()]
    assert said(played.head) == []

    played.open().vote().rule().close()
    assert said(played.head) == [address("release", call)]


# What each page costs, for one file and for thirty, once the step is played: the number is the budget
COSTS = [
    ("board", "distribute", "evaluator", 12),
    ("coordination", "distribute", "operator", 14),
    ("ranking", "score", "secretary", 11),
    ("reviews", "score", "chair", 6),
    ("session", "vote", "chair", 15),
    ("release", "close", "head", 14),
    ("call_results", "release", None, 12),
    ("results", "release", None, 2),
]


@pytest.mark.parametrize("count", [1, 30])
def test_each_list_costs_the_same_for_one_file_as_for_thirty(count):
    played = evaluation(applications=count, evaluators=2, budget=900_000)
    asked = {}

    for step in STEPS:
        getattr(played, step)()
        for page in (row[0] for row in COSTS if row[1] == step):
            asked[page] = cost_of(page, played)

    assert asked == {page: cost for page, _step, _who, cost in COSTS}


def cost_of(page, played):
    """How many queries the page takes when its reader opens it."""
    people = {"evaluator": played.evaluators[0], "operator": played.operator, "secretary": played.secretary,
              "chair": played.chair, "head": played.head}  # fmt: skip
    named = {
        "board": [], "results": [], "session": [played.session and played.session.folio],
    }.get(page, [played.call.folio])  # fmt: skip
    client = Client()
    if who := next(row[2] for row in COSTS if row[0] == page):
        client.force_login(people[who])
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address(page, *named))
    assert answer.status_code == 200
    return len(queries)


def test_many_evaluators_cost_no_more_on_the_coordination_page(client, django_assert_num_queries):
    played = evaluation("distribute", applications=2, evaluators=8, budget=900_000)
    client.force_login(played.operator)

    with django_assert_num_queries({row[0]: row[3] for row in COSTS}["coordination"]):
        client.get(address("coordination", played.call.folio))


def test_reading_writes_nothing(client):
    played = evaluation("close")
    client.force_login(played.chair)
    before = (Ruling.objects.count(), Assignment.objects.count())

    client.get(played.session.get_absolute_url())
    client.get(address("session_file", played.session.folio, 1))

    assert (Ruling.objects.count(), Assignment.objects.count()) == before


@pytest.mark.parametrize("who", ["operator", "head", "chair", "secretary", "member", "evaluator", "stranger"])
def test_the_powers_of_a_page_are_those_of_the_rules(who):
    played = evaluation("appoint")
    people = {
        "operator": played.operator, "head": played.head, "chair": played.chair, "member": played.members[0],
        "secretary": played.secretary, "evaluator": played.evaluators[0], "stranger": UserFactory(),
    }  # fmt: skip
    person = people[who]

    assert powers(person, played.call) == {
        name: person.has_perm(f"evaluations.{name}", played.call) for name in powers(person, played.call)
    }


@pytest.mark.parametrize("who", ["own", "barred", "withdrawn", "other", "stranger"])
def test_list_and_permission_agree_on_the_files_of_an_evaluator(who):
    played = evaluation("distribute", evaluators=4)
    assignment = Assignment.objects.of_call(played.call).first()
    person = assignment.evaluator
    if who == "barred":
        conflicts.bar(played.call, assignment.application.organization, person, played.call.sealed_at)
    if who == "withdrawn":
        Assignment.objects.filter(pk=assignment.pk).update(
            withdrawn_at=played.call.sealed_at, withdrawn_reason="x"
        )
    if who == "other":
        person = played.evaluators[3]
    if who == "stranger":
        person = UserFactory()
    every = list(Assignment.objects.of_call(played.call))

    assert set(Assignment.objects.visible_to(person)) == {
        one for one in every if person.has_perm("evaluations.view_assignment", one)
    }
