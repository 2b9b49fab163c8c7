"""The simulator in plain values: other rules over the same points."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations import ranking, scenarios, scoring, simulation, standing
from evaluations.simulation import File, Rules
from tests.factories.evaluations import evaluation

FIRST = datetime(2025, 3, 3, 16, 0, tzinfo=UTC)
OWN = Rules({"need": 60, "impact": 40}, pass_mark=70, budget=Decimal(200), tie_break=("need",))


def file(key, *marks, requested=100, later=None):
    given = tuple({"need": need, "impact": impact} for need, impact in marks)
    return File(key, f"SOL-{key}", FIRST + timedelta(minutes=later or 0), Decimal(requested), given)


def outcomes(proposals):
    return [(p.place.scored.key, p.place.mean, p.outcome) for p in proposals]


def test_under_other_weights_each_criterion_keeps_its_share():
    strong_in_need, strong_in_impact = file("a", (60, 10)), file("b", (15, 40))

    found = simulation.play(
        [strong_in_need, strong_in_impact], OWN.weights, Rules({"need": 20, "impact": 80}, 70, Decimal(200))
    )

    assert outcomes(found) == [("b", Decimal("85.00"), "award"), ("a", Decimal("40.00"), "not_awarded")]


def test_who_flips_and_what_remains():
    files = [file("a", (60, 30)), file("b", (50, 30)), file("c", (40, 30))]

    found = simulation.compare(files, OWN, Rules(OWN.weights, pass_mark=75, budget=Decimal(350)))

    assert [(line.file.folio, line.before.outcome, line.after.outcome) for line in found.flips] == [
        ("SOL-c", "reserve", "not_awarded")
    ]
    assert (found.before.awards, found.before.left) == (2, Decimal(0))
    assert (found.after.awards, found.after.passing, found.after.left) == (2, 2, Decimal(150))

    found = simulation.compare(files, OWN, Rules(OWN.weights, pass_mark=70, budget=Decimal(350)))

    assert [line.file.folio for line in found.flips] == ["SOL-c"]
    assert found.after.left == Decimal(50)


def test_another_order_of_the_tie_break_turns_two_around():
    files = [file("a", (50, 20)), file("b", (40, 30))]

    (first, second) = simulation.compare(
        files,
        Rules(OWN.weights, 70, Decimal(100), tie_break=("need",)),
        Rules(OWN.weights, 70, Decimal(100), tie_break=("impact",)),
    ).lines

    assert (first.file.key, first.moved, second.file.key, second.moved) == ("b", 1, "a", -1)
    assert (first.before.outcome, first.after.outcome) == ("reserve", "award")


def test_a_criterion_that_gave_no_points_gives_none_under_another_weight():
    files = [file("a", (100, 0))]

    (found,) = simulation.play(
        files, {"need": 100, "impact": 0}, Rules({"need": 50, "impact": 50}, 0, Decimal(0))
    )

    assert found.place.mean == Decimal("50.00")


def test_made_up_files_are_the_same_from_the_same_seed_and_keep_to_the_levels():
    levels = {"need": [0, 20, 60], "impact": [0, 40]}
    how = {"count": 30, "readers": 3, "budget": Decimal(1_000_000)}

    files = simulation.invented(levels, seed=7, **how)

    assert files == simulation.invented(levels, seed=7, **how)
    assert files != simulation.invented(levels, seed=8, **how)
    assert {len(one.marks) for one in files} == {3}
    assert {one["need"] for f in files for one in f.marks} <= {0, 20, 60}
    assert all(f.requested >= 1000 and f.requested % 1000 == 0 for f in files)


# Properties -------------------------------------------------------------------------------------------

MARKS = st.lists(
    st.fixed_dictionaries({"need": st.integers(0, 60), "impact": st.integers(0, 40)}), min_size=1, max_size=4
)
FILES = st.lists(st.tuples(MARKS, st.integers(1, 120), st.integers(0, 3)), min_size=1, max_size=15).map(
    lambda rows: [
        File(n, f"SOL-{n:03}", FIRST + timedelta(minutes=later), Decimal(requested), tuple(marks))
        for n, (marks, requested, later) in enumerate(rows)
    ]
)
WEIGHTS = st.integers(0, 100).map(lambda need: {"need": need, "impact": 100 - need})
SCENARIOS = st.builds(
    Rules,
    weights=WEIGHTS,
    pass_mark=st.integers(0, 100),
    budget=st.integers(0, 600).map(Decimal),
    tie_break=st.permutations(["need", "impact"]).map(tuple),
)


def exactly(marks, rules):
    """The total of a review in fractions, rounded where the evaluation rounds."""
    whole = sum(Fraction(points * rules.weights[key], OWN.weights[key]) for key, points in marks.items())
    return scoring.rounded(Decimal((200 * whole + 1) // 2) / 100)


@given(FILES, SCENARIOS)
def test_points_are_counted_exactly(files, rules):
    for proposal in simulation.play(files, OWN.weights, rules):
        own = next(f for f in files if f.key == proposal.place.scored.key)
        assert proposal.place.scored.totals == tuple(exactly(marks, rules) for marks in own.marks)


@given(FILES, SCENARIOS, st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_read_changes_nothing(files, rules, chance):
    shuffled = list(files)
    chance.shuffle(shuffled)

    assert outcomes(simulation.play(shuffled, OWN.weights, rules)) == outcomes(
        simulation.play(files, OWN.weights, rules)
    )


@given(FILES, SCENARIOS)
def test_awards_never_exceed_the_budget_and_the_reserve_follows_the_ranking(files, rules):
    found = simulation.play(files, OWN.weights, rules)
    reserve = [p.reserve_order for p in found if p.outcome == ranking.RESERVE]

    assert simulation.totals_of(found, rules).left >= 0
    assert reserve == list(range(1, len(reserve) + 1))


@given(FILES, SCENARIOS, MARKS)
def test_a_late_reader_changes_the_score_of_that_file_alone(files, rules, late):
    before = {p.place.scored.key: p.place.mean for p in simulation.play(files, OWN.weights, rules)}
    first, *rest = files
    more = File(first.key, first.folio, first.received_at, first.requested, first.marks + tuple(late))

    after = {p.place.scored.key: p.place.mean for p in simulation.play([more, *rest], OWN.weights, rules)}

    assert {key for key in after if after[key] != before[key]} <= {first.key}


# On a call and on a draft -----------------------------------------------------------------------------


@pytest.fixture
def played(db):
    return evaluation("score", budget=150_000)


def page_of(played):
    return f"/evaluacion/convocatoria/{played.call.folio}/simulador/"


def asked(rules, **other):
    """The scenario as the address holds it."""
    fields = {f"peso-{key}": weight for key, weight in rules.weights.items()}
    fields |= {f"desempate-{key}": place for place, key in enumerate(rules.tie_break, start=1)}
    return fields | {"minimo": rules.pass_mark, "presupuesto": rules.budget} | other


def test_under_its_own_rules_a_call_gives_its_own_ranking(played):
    ground = scenarios.of_call(played.call)

    found = simulation.play(ground.files, ground.rules.weights, ground.rules)

    assert [
        (p.place.scored.key, p.place.rank, p.place.mean, p.place.spread, p.outcome, p.amount) for p in found
    ] == [
        (key, p.place.rank, p.place.mean, p.place.spread, p.outcome, p.amount)
        for key, p in standing.proposals(played.call).items()
    ]


@pytest.mark.parametrize("who", ["operator", "head", "chair", "secretary"])
def test_who_coordinates_tries_other_rules_and_nothing_changes(client, played, who):
    client.force_login(getattr(played, who))
    rules = scenarios.of_call(played.call).rules
    scenario = asked(Rules(rules.weights, rules.pass_mark, Decimal(200_000), rules.tie_break))

    page = client.get(page_of(played), scenario)

    assert page.status_code == 200
    assert page.context["comparison"].after.awards == 2
    assert [line.file.folio for line in page.context["comparison"].flips] == [
        standing.in_play(played.call).order_by("submitted_at")[1].folio
    ]
    assert standing.committed(played.call) == 0
    only = client.get(page_of(played), scenario | {"cambian": "1"})
    assert len(only.context["rows"]) == 1
    lines = b"".join(client.get(f"{page_of(played)}datos.csv", scenario)).decode().splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines] == ["changes", "0", "1", "0"]


def test_points_that_do_not_add_up_and_a_place_taken_twice_are_refused_where_typed(client, played):
    client.force_login(played.chair)
    rules = scenarios.of_call(played.call).rules
    first, second, *_rest = rules.weights
    wrong = asked(rules) | {f"peso-{first}": 99, f"desempate-{first}": 1, f"desempate-{second}": 1}

    page = client.get(page_of(played), wrong)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {f"peso-{first}", f"desempate-{second}"}
    assert page.context["comparison"] is None
    assert 'value="99"' in page.text
    assert client.get(f"{page_of(played)}datos.csv", wrong).status_code == 404


def test_nothing_is_simulated_while_a_review_is_missing(client, db):
    played = evaluation("distribute")
    client.force_login(played.chair)

    page = client.get(page_of(played))

    assert page.context["files"] == 0
    assert "se abre cuando están todas las evaluaciones" in page.text


def test_whoever_is_recused_from_a_file_does_not_simulate(client, played):
    from calls.models import Barred

    Barred.objects.create(user=played.secretary, application=played.applications[0], since=FIRST)
    client.force_login(played.secretary)

    page = client.get(page_of(played))

    assert page.status_code == 403
    assert played.applications[0].folio not in page.text


def test_members_and_evaluators_find_no_simulator(client, played):
    for person in [*played.members, *played.evaluators]:
        client.force_login(person)
        assert client.get(page_of(played)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_simulator_costs_the_same_for_one_file_as_for_thirty(
    client, count, django_assert_num_queries, db
):
    played = evaluation("score", applications=count)
    client.force_login(played.chair)
    client.get(page_of(played))

    with django_assert_num_queries(11):
        page = client.get(page_of(played))

    assert len(page.context["rows"]) == count
