"""Dates in words, in both languages, in the time of central Mexico."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from accounts import dates

# 23:59 of 31 March in Mexico is 05:59 of 1 April in UTC.
LAST_MINUTE = datetime(2024, 4, 1, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es-mx", "31 de marzo de 2024, 23:59 h (hora del centro de México)"),
        ("en", "31 March 2024, 23:59 h (central Mexico time)"),
    ],
)
def test_a_moment_is_said_with_its_hour_and_zone(language, words):
    with translation.override(language):
        assert dates.moment_in_words(LAST_MINUTE) == words


@pytest.mark.parametrize(
    ("language", "words"), [("es-mx", "domingo 31 de marzo de 2024"), ("en", "Sunday 31 March 2024")]
)
def test_a_day_is_said_with_its_name_in_small_letters(language, words):
    with translation.override(language):
        assert dates.weekday_in_words(LAST_MINUTE) == words


def test_a_short_day_may_leave_out_the_year():
    assert (dates.short_day(date(2024, 3, 2)), dates.short_day(date(2024, 3, 2), year=False)) == (
        "2 mar 2024",
        "2 mar",
    )
