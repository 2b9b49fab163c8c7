"""The second of the cut-off, extended meanwhile, and wherever and whenever the clocks change (R2)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction

from calls import schedule
from calls.actions import applications, extensions
from calls.models import Call, Submission
from tests.factories.applications import ApplicationFactory, operator_of, representative_of

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
TIJUANA, MEXICO_CITY = "America/Tijuana", "America/Mexico_City"


def is_received(application, at):
    """Whether an application that arrives at that time is received; undone."""
    undo = transaction.savepoint()
    try:
        return bool(applications.submit(application, by=representative_of(application.organization), at=at))
    except applications.CannotSubmit:
        return False
    finally:
        transaction.savepoint_rollback(undo)
        application.refresh_from_db()


def around(application, cutoff):
    """What becomes of it one second before the cut-off, at it and one second after."""
    return [is_received(application, cutoff + offset * SECOND) for offset in (-1, 0, 1)]


@pytest.mark.django_db
def test_an_extension_moves_the_second_of_the_cut_off_and_nothing_else():
    application = ApplicationFactory(complete=True)
    call, former = application.call, application.call.closes_at
    assert around(application, former) == [True, False, False]

    extensions.extend(call, former + DAY, reason="Falló el portal.", by=operator_of(call), at=former - SECOND)
    new = Call.objects.get(pk=call.pk).closes_at

    assert around(application, former) == [True, True, True]
    assert around(application, new) == [True, False, False]
    assert not Submission.objects.exists()


# Where the clocks change


@pytest.mark.parametrize(
    ("day", "clock", "zone", "instant"),
    [
        # Mexico City put its clocks back on 30 October 2022 for the last time: the day before and after
        (date(2022, 10, 29), time(23, 59), MEXICO_CITY, datetime(2022, 10, 30, 4, 59, tzinfo=UTC)),
        (date(2022, 10, 31), time(23, 59), MEXICO_CITY, datetime(2022, 11, 1, 5, 59, tzinfo=UTC)),
        # A summer without it: the rules of the zone changed, and with them the instant of the same hour
        (date(2022, 7, 1), time(23, 59), MEXICO_CITY, datetime(2022, 7, 2, 4, 59, tzinfo=UTC)),
        (date(2026, 7, 1), time(23, 59), MEXICO_CITY, datetime(2026, 7, 2, 5, 59, tzinfo=UTC)),
        # Tijuana, on 1 November 2026, has 1:30 twice, and on 8 March has no 2:30
        (date(2026, 11, 1), time(1, 30), TIJUANA, datetime(2026, 11, 1, 9, 30, tzinfo=UTC)),
        (date(2026, 11, 1), time(1, 59), TIJUANA, datetime(2026, 11, 1, 9, 59, tzinfo=UTC)),
        (date(2026, 3, 8), time(1, 59), TIJUANA, datetime(2026, 3, 8, 9, 59, tzinfo=UTC)),
        (date(2026, 3, 8), time(2, 30), TIJUANA, datetime(2026, 3, 8, 10, 30, tzinfo=UTC)),
    ],
)
def test_a_close_is_the_instant_that_the_clocks_of_its_zone_show_that_day(day, clock, zone, instant):
    minute = schedule.minute_at(day, clock, zone, last=True)

    assert minute == instant
    assert schedule.after_minute(minute) - instant == MINUTE


def test_of_an_hour_that_comes_twice_a_call_opens_at_the_first_and_closes_at_the_last():
    twice = date(2026, 11, 1), time(1, 30), TIJUANA

    assert schedule.minute_at(*twice, last=True) - schedule.minute_at(*twice) == timedelta(hours=1)


def test_a_window_over_a_change_of_the_clocks_counts_its_days_as_people_do():
    opens = schedule.minute_at(date(2022, 10, 2), time(9), MEXICO_CITY)
    closes = schedule.after_minute(schedule.minute_at(date(2022, 10, 31), time(23, 59), MEXICO_CITY))

    assert schedule.window_days(opens, closes, MEXICO_CITY) == 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        (MEXICO_CITY, date(2022, 10, 31), time(23, 59)),
        (TIJUANA, date(2026, 11, 1), time(1, 30)),
        (TIJUANA, date(2026, 11, 1), time(0, 59)),
        (TIJUANA, date(2026, 3, 8), time(1, 59)),
    ],
)
def test_the_zone_of_the_call_says_which_second_is_too_late(zone, day, clock):
    application = ApplicationFactory(complete=True)
    cutoff = schedule.after_minute(schedule.minute_at(day, clock, zone, last=True))
    Call.objects.filter(pk=application.call_id).update(
        zone=zone, opens_at=cutoff - 30 * DAY, closes_at=cutoff
    )

    assert around(application, cutoff) == [True, False, False]
