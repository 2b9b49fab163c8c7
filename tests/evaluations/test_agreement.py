"""Agreement, harshness and drift, as plain arithmetic."""

from decimal import Decimal

import pytest

from evaluations.agreement import Agreement, Why, agreement, differences, drift, harshness


def test_full_agreement_is_one_and_systematic_disagreement_less_than_zero():
    same = [{"a": 0, "b": 0}, {"a": 10, "b": 10}, {"a": 20, "b": 20}]
    opposed = [{"a": 0, "b": 20}, {"a": 20, "b": 0}]

    assert agreement(same) == Agreement(alpha=Decimal("1.00"))
    assert agreement(opposed).alpha < 0


def test_levels_one_apart_agree_more_than_levels_two_apart():
    near = [{"a": 0, "b": 10}, {"a": 10, "b": 10}, {"a": 20, "b": 20}]
    far = [{"a": 0, "b": 20}, {"a": 10, "b": 10}, {"a": 20, "b": 20}]

    assert agreement(near).alpha > agreement(far).alpha


def test_it_is_the_alpha_of_the_example_that_krippendorff_published():
    """Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units."""
    observed = {
        "A": "1 2 3 3 2 1 4 1 2 . . .",
        "B": "1 2 3 3 2 2 4 1 2 5 . 3",
        "C": ". 3 3 3 2 3 4 2 2 5 1 .",
        "D": "1 2 3 3 2 4 4 1 2 5 1 .",
    }
    rows = {who: said.split() for who, said in observed.items()}
    units = [{who: int(row[n]) for who, row in rows.items() if row[n] != "."} for n in range(12)]

    assert agreement(units).alpha == Decimal("0.82")  # 0.815


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ([], Why.FEW),
        ([{"a": 1}, {"b": 2}], Why.FEW),
        ([{"a": 1, "b": 2}], Why.SINGLE),
        ([{"a": 5, "b": 5}, {"a": 5, "b": 5}], Why.SAME),
    ],
)
def test_too_little_to_measure_says_why_and_gives_no_number(units, why):
    assert agreement(units) == Agreement(why=why)


def test_a_person_below_the_mean_of_the_others_is_harsher():
    found = differences([{"a": 60, "b": 80, "c": 90}, {"a": 50, "b": 70}, {"b": 40}])

    assert found["a"] == [-25, -20]
    assert harshness(found["a"]) == Decimal("-22.50")
    assert len(found["b"]) == 2  # what nobody else scored says nothing
    assert harshness([]) is None


def test_drift_is_the_second_half_less_the_first_and_needs_four_files():
    assert drift([0, 0, -10]) is None
    assert drift([0, 2, 50, -10, -8]) == Decimal("-10.00")
