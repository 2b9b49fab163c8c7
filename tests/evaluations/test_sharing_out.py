"""Files shared out among evaluators, as plain numbers."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.sharing_out import CannotShare, share_out


def loads(pairs, evaluators):
    counted = Counter(evaluator for _, evaluator in pairs)
    return [counted[evaluator] for evaluator in evaluators]


def test_every_file_gets_its_evaluators_and_nobody_gets_two_more_than_another():
    pairs = share_out(range(10), "abc", 2)

    assert Counter(file for file, _ in pairs) == dict.fromkeys(range(10), 2)
    assert len(set(pairs)) == 20
    assert sorted(loads(pairs, "abc")) == [6, 7, 7]


def test_a_conflict_is_never_assigned():
    pairs = share_out(range(6), "abc", 2, conflicts={(file, "a") for file in range(3)})

    assert not {(file, "a") for file in range(3)} & set(pairs)
    assert sorted(loads(pairs, "abc")) == [3, 4, 5]


def test_what_was_given_before_counts_in_the_load_and_is_not_given_again():
    pairs = share_out([1, 2], "ab", 1, given={1: {"a"}})

    assert pairs == [(2, "b")]


def test_a_file_without_enough_evaluators_is_named():
    with pytest.raises(CannotShare) as refused:
        share_out([1, 2], "ab", 2, conflicts={(1, "a")})

    assert refused.value.short == {1: 1}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 12), st.integers(1, 5), st.integers(1, 3), st.integers(0, 9),
    st.sets(st.tuples(st.integers(0, 11), st.integers(0, 4)), max_size=20),
)  # fmt: skip
def test_whatever_the_conflicts_each_file_is_served_or_the_lack_is_said(
    files, people, wanted, seed, conflicts
):
    try:
        pairs = share_out(range(files), range(people), wanted, conflicts=conflicts, seed=seed)
    except CannotShare as refused:
        for file, missing in refused.short.items():
            assert people - sum((file, e) in conflicts for e in range(people)) == wanted - missing
    else:
        assert Counter(file for file, _ in pairs) == dict.fromkeys(range(files), wanted)
        assert not set(pairs) & conflicts


def test_the_same_seed_gives_the_same_sharing():
    assert share_out(range(9), "abcd", 2, seed=7) == share_out(range(9), "abcd", 2, seed=7)
