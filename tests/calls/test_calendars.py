"""The calendars that people subscribe to."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from calls.actions import promises
from tests.factories.calls import OPENING, CallFactory, operator_of, published_rules

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")


def events(response):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def test_a_call_brings_its_ten_dates_and_the_reception_to_the_minute(client):
    call = CallFactory(published=True)

    found = events(client.get(f"/convocatorias/{call.folio}/calendario.ics"))

    assert len(found) == 10
    close = found[f"{call.folio}.call_closed@armoniza"]
    assert close.decoded("dtstart") == datetime(2026, 3, 31, 23, 59, tzinfo=MEXICO)
    assert close["dtstart"].params["TZID"] == "America/Mexico_City"
    assert found[f"{call.folio}.ruling@armoniza"].decoded("dtstart") == date(2026, 4, 24)


def test_a_changed_promise_keeps_its_identifier_and_grows_its_sequence(client):
    call = CallFactory(published=True)
    promises.change_date(
        call, "ruling", date(2026, 4, 28), reason="Una sesión más.", by=operator_of(call), at=OPENING
    )

    ruling = events(client.get(f"/convocatorias/{call.folio}/calendario.ics"))[
        f"{call.folio}.ruling@armoniza"
    ]

    assert (ruling.decoded("dtstart"), ruling["sequence"]) == (date(2026, 4, 28), 1)
    assert "Una sesión más." in str(ruling["description"])


def test_drafts_are_in_no_calendar(client):
    call = CallFactory()

    assert events(client.get("/convocatorias/calendario.ics")) == {}
    assert client.get(f"/convocatorias/{call.folio}/calendario.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_of_all_calls_costs_the_same_for_one_as_for_three(
    client, django_assert_num_queries, count
):
    for number in range(count):
        CallFactory(publication=published_rules(is_demo=number == 0), published=True)

    with django_assert_num_queries(3):
        response = client.get("/convocatorias/calendario.ics")

    assert len(events(response)) == 10 * count


def test_the_window_of_an_event_is_not_longer_than_its_minute(client):
    call = CallFactory(published=True)

    close = events(client.get("/convocatorias/calendario.ics"))[f"{call.folio}.call_closed@armoniza"]

    assert close.decoded("dtend") - close.decoded("dtstart") == timedelta(minutes=1)
