"""No published count points at anybody, nor lets one be worked out."""

import pytest

from evaluations import feedback_figures, small_cells
from evaluations.feedback_figures import Counted


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        # One alone would be the total less the others: the smallest other one goes with it
        ({"a": 4, "b": 9, "c": 7}, {"a": None, "b": 9, "c": None}),
        ({"a": 4, "b": 0, "c": 7}, {"a": None, "b": 0, "c": None}),
        ({"a": 4, "b": 3, "c": 7}, {"a": None, "b": None, "c": 7}),
        # Two that add up to fewer than five would still be told
        ({"a": 1, "b": 1, "c": 7}, {"a": None, "b": None, "c": None}),
        ({"a": 2, "b": 0}, {"a": None, "b": 0}),
    ],
)
def test_small_counts_are_left_out_with_what_would_tell_them(counts, shown):
    assert small_cells.published(counts) == shown


@pytest.mark.parametrize(
    ("count", "total", "shown"), [(0, 9, 0), (4, 9, None), (5, 9, None), (5, 10, 5), (9, 9, 9), (0, 0, 0)]
)
def test_a_part_is_shown_when_neither_it_nor_the_rest_is_small(count, total, shown):
    assert small_cells.part(count, total) == shown


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([(7, 7), (9, 9)], 16),
        ([(7, 7), (3, None)], None),  # 10 - 7 would tell it
        ([(7, 7), (3, None), (3, None)], 13),
        ([(7, 7), (1, None), (1, None)], None),
        ([(0, 0)], 0),
        ([], 0),
    ],
)
def test_a_sum_over_calls_does_not_tell_one_of_them(rows, shown):
    assert small_cells.added(rows) == shown


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([1, 2, 3, 4], 0.9, None), ([1, 2, 3, 4, 5], 0.9, 5), (list(range(1, 11)), 0.9, 9), ([3] * 5, 0.9, 3)],
)
def test_a_percentile_is_a_value_that_happened_and_needs_five(values, share, found):
    assert small_cells.percentile(values, share) == found


def test_the_figures_of_a_call_leave_out_what_is_small():
    counted = Counted(answered=10, open=5, late=5, days=[1] * 5 + [6] * 5)
    counted.reasons |= {"need": 6, "funds": 4}

    shown = feedback_figures.figures(counted)

    assert (shown.total, shown.answered, shown.open, shown.late) == (15, 10, 5, 5)
    assert (shown.median_days, shown.p90_days) == (3.5, 6)
    assert (shown.reasons["need"], shown.reasons["funds"], shown.reasons["other"]) == (None, None, 0)


def test_a_call_with_four_requests_tells_nothing_but_that_there_are_some():
    shown = feedback_figures.figures(Counted(answered=3, open=1, late=1, days=[1, 2, 3]))

    assert (shown.total, shown.answered, shown.open, shown.late) == (None, None, None, None)
    assert (shown.median_days, shown.p90_days) == (None, None)
