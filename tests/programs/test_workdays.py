from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import workdays

HOLIDAYS = frozenset({date(2025, 5, 1), date(2025, 3, 17)})
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [(date(2024, 3, 2), date(2024, 3, 31), 30), (date(2024, 3, 2), date(2024, 3, 30), 29)],
)
def test_a_window_counts_both_its_ends(first, last, days):
    assert workdays.window(first, last) == days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2025, 4, 3), 5, date(2025, 4, 10)),  # Thursday: a weekend between
        (date(2025, 4, 4), 1, date(2025, 4, 7)),  # Friday to Monday
        (date(2025, 4, 30), 1, date(2025, 5, 2)),  # the first of May is not worked
        (date(2025, 4, 5), 1, date(2025, 4, 7)),  # a term may start on a Saturday
        (date(2025, 4, 3), 0, date(2025, 4, 3)),
    ],
)
def test_business_days_skip_weekends_and_non_working_days(start, days, end):
    assert workdays.add_days(start, days, business=True, holidays=HOLIDAYS) == end


def test_calendar_days_skip_nothing():
    assert workdays.add_days(date(2025, 4, 30), 2, business=False, holidays=HOLIDAYS) == date(2025, 5, 2)


def test_the_next_working_day_is_the_day_itself_when_it_is_worked():
    assert workdays.next_workday(date(2025, 4, 30), HOLIDAYS) == date(2025, 4, 30)
    assert workdays.next_workday(date(2025, 5, 1), HOLIDAYS) == date(2025, 5, 2)
    assert workdays.next_workday(date(2025, 3, 15), HOLIDAYS) == date(2025, 3, 18)


@given(start=DAYS, days=st.integers(0, 60))
def test_counting_undoes_adding(start, days):
    end = workdays.add_days(start, days, business=True, holidays=HOLIDAYS)

    assert workdays.count_days(start, end, business=True, holidays=HOLIDAYS) == days


def test_a_term_that_ran_backwards_counts_below_zero():
    assert workdays.count_days(date(2025, 4, 10), date(2025, 4, 3), business=True) == -5
