"""The order of the applications, in plain values."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from evaluations import ranking
from evaluations.ranking import Scored

FIRST = datetime(2025, 3, 3, 16, 0, tzinfo=UTC)


def scored(key, *totals, points=None, later=0, requested=100):
    return Scored(
        key=key,
        totals=tuple(map(Decimal, totals)),
        points={name: tuple(map(Decimal, given)) for name, given in (points or {}).items()},
        received_at=FIRST + timedelta(minutes=later),
        requested=Decimal(requested),
    )


def test_the_higher_mean_goes_first_with_its_spread():
    places = ranking.ranked([scored("b", 70, 80), scored("a", 90, 81)])

    assert [(p.rank, p.scored.key, p.mean, p.spread) for p in places] == [
        (1, "a", Decimal("85.50"), Decimal("9.00")),
        (2, "b", Decimal("75.00"), Decimal("10.00")),
    ]


def test_nobody_is_ranked_where_nothing_was_scored():
    assert ranking.ranked([]) == []


def test_a_tie_is_broken_by_the_criteria_of_the_rules_in_their_order():
    low = scored("low", 80, points={"need": (10, 12), "impact": (20, 20)}, later=0)
    high = scored("high", 80, points={"need": (15, 12), "impact": (5, 5)}, later=9)

    places = ranking.ranked([low, high], tie_break=["need", "impact"])

    assert [p.scored.key for p in places] == ["high", "low"]
    assert places[0].tie == ranking.Tie("need", Decimal("13.50"), Decimal("11.00"))
    assert places[1].tie is None


def test_what_stays_equal_goes_by_the_earlier_reception():
    late = scored("late", 80, points={"need": (10,)}, later=5)
    early = scored("early", 80, points={"need": (10,)}, later=1)

    places = ranking.ranked([late, early], tie_break=["need"])

    assert [p.scored.key for p in places] == ["early", "late"]
    assert places[0].tie.broken_by == ranking.EARLIER


def test_the_budget_goes_to_those_who_pass_in_order_and_the_rest_wait_in_order():
    places = ranking.ranked(
        [
            scored("a", 95, requested=60),
            scored("b", 90, requested=50),
            scored("c", 85, requested=30),
            scored("d", 69, requested=1),
        ]
    )

    found = ranking.proposals(places, pass_mark=70, budget=Decimal(100))

    assert [(p.place.scored.key, p.outcome, p.amount, p.reserve_order) for p in found] == [
        ("a", "award", Decimal(60), None),
        ("b", "reserve", None, 1),
        ("c", "reserve", None, 2),
        ("d", "not_awarded", None, None),
    ]


@pytest.mark.parametrize(("mean", "outcome"), [(Decimal("69.99"), "not_awarded"), (70, "award")])
def test_the_pass_mark_itself_passes(mean, outcome):
    places = ranking.ranked([scored("a", mean)])

    (proposal,) = ranking.proposals(places, pass_mark=70, budget=Decimal(100))

    assert proposal.outcome == outcome
