"""Files shared out among evaluators, as plain numbers."""

import random
from collections import Counter
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluations.sharing_out import COSTS, CannotShare, draw, lay


def names(letter, number):
    return [f"{letter}{n:02}" for n in range(number)]


def instance(files, people, wanted, *, conflicts=(), loads=None, costs=None, seed="0"):
    """Every pair may be and costs nothing, but for what is said."""
    files, people = names("f", files), names("p", people)
    return lay(
        dict.fromkeys(files, wanted),
        {one: (loads or {}).get(one, 0) for one in people},
        {pair: (costs or {}).get(pair, 0) for pair in product(files, people) if pair not in conflicts},
        seed=seed,
    )


def loads(pairs, people):
    counted = Counter(person for _file, person in pairs)
    return [counted[one] for one in names("p", people)]


def test_every_file_gets_its_evaluators_and_nobody_gets_two_more_than_another():
    pairs = draw(instance(10, 3, 2))

    assert Counter(file for file, _ in pairs) == dict.fromkeys(names("f", 10), 2)
    assert len({tuple(pair) for pair in pairs}) == 20
    assert sorted(loads(pairs, 3)) == [6, 7, 7]


def test_what_was_given_before_counts_in_the_load():
    pairs = draw(instance(2, 2, 1, loads={"p00": 2}))

    assert loads(pairs, 2) == [0, 2]


def test_one_only_person_takes_as_many_as_there_are():
    conflicts = {(file, person) for file in names("f", 9) for person in ("p01", "p02")}

    assert loads(draw(instance(9, 3, 1, conflicts=conflicts)), 3) == [9, 0, 0]


def test_nothing_wanted_gives_nothing():
    assert draw(instance(3, 2, 0)) == []


def test_a_file_without_enough_evaluators_is_named():
    with pytest.raises(CannotShare) as refused:
        draw(instance(2, 2, 2, conflicts={("f01", "p00")}))

    assert refused.value.short == {"f01": 1}


def outside(pair):
    """Files and people are of two specialties, by their last digit."""
    return COSTS["specialty"] if (int(pair[0][1:]) + int(pair[1][1:])) % 2 else 0


def test_files_go_to_their_specialty():
    costs = {pair: outside(pair) for pair in product(names("f", 8), names("p", 4))}

    pairs = draw(instance(8, 4, 1, costs=costs))

    assert {outside(pair) for pair in pairs} == {0}
    assert loads(pairs, 4) == [2, 2, 2, 2]


def test_who_scored_the_organization_before_gives_way():
    costs = {("f00", "p00"): COSTS["rotation"]}

    assert all(["f00", "p00"] not in draw(instance(1, 2, 1, costs=costs, seed=str(n))) for n in range(9))


def test_a_specialty_weighs_more_than_one_file_but_not_more_than_two():
    """All files are of the specialty of one person of two: that person takes two more than the other."""
    costs = {(file, "p01"): COSTS["specialty"] for file in names("f", 8)}

    assert loads(draw(instance(8, 2, 1, costs=costs)), 2) == [5, 3]


def test_the_seed_decides_among_equals_and_nothing_else():
    drawn = [draw(instance(9, 4, 2, seed=str(number))) for number in range(6)]

    assert len({str(one) for one in drawn}) == 6
    assert {tuple(sorted(loads(one, 4))) for one in drawn} == {(4, 4, 5, 5)}


CONFLICTS = st.sets(st.tuples(st.sampled_from(names("f", 12)), st.sampled_from(names("p", 6))), max_size=24)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 12), st.integers(1, 6), st.integers(1, 3), st.text(max_size=3), CONFLICTS)
def test_whatever_the_conflicts_each_file_is_served_or_the_lack_is_said(
    files, people, wanted, seed, conflicts
):
    try:
        pairs = draw(instance(files, people, wanted, conflicts=conflicts, seed=seed))
    except CannotShare as refused:
        for file, missing in refused.short.items():
            free = sum((file, one) not in conflicts for one in names("p", people))
            assert 0 < missing == wanted - free
    else:
        assert Counter(file for file, _ in pairs) == dict.fromkeys(names("f", files), wanted)
        assert not {tuple(pair) for pair in pairs} & conflicts


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 15), st.integers(1, 6), st.integers(1, 3), st.text(max_size=3))
def test_where_nothing_else_weighs_loads_differ_by_one_at_most(files, people, wanted, seed):
    assume(wanted <= people)

    given = loads(draw(instance(files, people, wanted, seed=seed)), people)

    assert max(given) - min(given) <= 1


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 10), st.integers(2, 5), CONFLICTS, st.randoms(use_true_random=False),
    st.dictionaries(st.sampled_from(names("p", 5)), st.integers(0, 4)),
)  # fmt: skip
def test_the_order_of_the_data_decides_nothing(files, people, conflicts, dice, before):
    whole = instance(files, people, 1, conflicts=conflicts, loads=before)
    shuffled = {
        name: dice.sample(value, len(value)) if isinstance(value, list) else value
        for name, value in dice.sample(list(whole.items()), len(whole))
    }
    try:
        expected = draw(whole)
    except CannotShare:
        with pytest.raises(CannotShare):
            draw(shuffled)
    else:
        assert draw(shuffled) == expected


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(2, 4), st.integers(0, 10**6))
def test_no_other_sharing_is_cheaper(files, people, number):
    dice = random.Random(number)  # noqa: S311 -- no secret
    costs = {pair: dice.choice([0, 0, 3, 5]) for pair in product(names("f", files), names("p", people))}
    whole = instance(files, people, 1, costs=costs)

    def price(chosen):
        counted = Counter(person for _file, person in chosen)
        return sum(costs[pair] for pair in chosen) + COSTS["load"] * sum(n * n for n in counted.values())

    every = product(names("p", people), repeat=files)
    cheapest = min(price(list(zip(names("f", files), chosen, strict=True))) for chosen in every)
    assert price([tuple(pair) for pair in draw(whole)]) == cheapest
