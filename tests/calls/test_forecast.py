"""The calls to come: what published Rules plan, what the last call suggests; neither is a promise."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from calls import forecast
from calls.actions import endings
from programs.models import Edition
from tests.factories.accounts import member
from tests.factories.applications import municipality
from tests.factories.calls import OPENING, SCHEDULE, CallFactory, published_rules
from tests.factories.programs import EditionFactory
from tests.factories.reference import MunicipalityFactory

pytestmark = pytest.mark.django_db

PAGE = "/convocatorias/proximas/"
MEXICO = ZoneInfo("America/Mexico_City")
BEFORE = date(2026, 2, 27)
NEXT_YEAR = {
    code: {
        name: value.replace(year=2027) if isinstance(value, date) else value for name, value in rule.items()
    }
    for code, rule in SCHEDULE.items()
}


def noon(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, 0, tzinfo=MEXICO), tick=False)


def seen(client, day=BEFORE, **filters):
    with noon(day):
        return client.get(PAGE, filters)


def programs(page):
    return [card["one"].program for card in page.context["cards"]]


def of_last_year(**entries):
    """A call of 2026, open from 2 to 31 March."""
    return CallFactory(published=True, **entries)


# What the Rules plan


def test_rules_without_a_call_say_between_which_days_it_opens(client):
    publication = published_rules()

    page = seen(client)

    assert programs(page) == [publication.edition.program]
    for part in (
        "entre el <strong>1 de marzo de 2026</strong> y el <strong>20 de marzo de 2026</strong>",
        "Cerraría entre el 10 de marzo de 2026 y el 20 de abril de 2026",
        "Esto no es una promesa", publication.edition.get_absolute_url(),
        f"/convocatorias/suscripcion/?agency={publication.edition.program.agency.acronym}",
    ):  # fmt: skip
        assert part in page.text, part


def test_a_day_that_the_rules_count_from_another_is_computed(client):
    counted = {"side": "cso", "days": 30, "unit": "calendar", "after": "call_issued"}
    fixed = {"side": "agency", "on": date(2026, 3, 2)}
    published_rules(schedule=SCHEDULE | {"call_issued": fixed, "call_closed": counted})

    page = seen(client)

    assert "abra el <strong>2 de marzo de 2026</strong>" in page.text
    assert "Cerraría el 1 de abril de 2026" in page.text


def test_rules_that_say_no_day_come_last_and_say_so(client):
    silent = {code: rule for code, rule in SCHEDULE.items() if code != "call_issued"}
    last = published_rules(acronym="SSAS", schedule=silent)
    first = published_rules()

    page = seen(client)

    assert programs(page) == [first.edition.program, last.edition.program]
    assert "no dicen qué día abre" in page.text


@pytest.mark.parametrize(("day", "is_late"), [(date(2026, 3, 20), False), (date(2026, 3, 21), True)])
def test_a_planned_day_that_passed_is_said(client, day, is_late):
    published_rules()

    page = seen(client, day)

    assert ("Ese día ya pasó y no se publicó ninguna convocatoria." in page.text) is is_late


def test_a_draft_call_announces_nothing_and_a_published_one_takes_it_away(client):
    draft = CallFactory()
    assert programs(seen(client)) == [draft.edition.program]
    assert draft.folio not in seen(client).text

    CallFactory(publication=draft.publication, published=True)

    assert programs(seen(client)) == []


def test_a_cancelled_call_was_announced_and_is_not_to_come(client):
    call = CallFactory(published=True)
    endings.cancel(call, reason="R.", basis="B.", by=member("head", call.agency.body), at=OPENING)

    assert programs(seen(client)) == []


def test_rules_that_are_closed_or_still_a_draft_plan_nothing(client):
    Edition.objects.filter(pk=published_rules().edition_id).update(state="closed")
    EditionFactory(fiscal_year=2026, complete=True)

    assert programs(seen(client)) == []


def test_rules_of_a_year_that_is_over_plan_nothing(client):
    published_rules()

    assert programs(seen(client, date(2026, 12, 31))) != []
    assert programs(seen(client, date(2027, 1, 1))) == []


# What the last call suggests


def test_without_rules_for_this_year_it_says_when_the_last_call_opened_and_promises_nothing(client):
    call = of_last_year()

    page = seen(client, date(2027, 1, 15))

    assert programs(page) == [call.edition.program]
    for part in (
        "La última vez abrió el <strong>2 de marzo de 2026</strong> y cerró el 31 de marzo de 2026.",
        "Las Reglas de 2027 no están publicadas: nadie ha prometido que vuelva a abrir.",
        call.get_absolute_url(),
    ):
        assert part in page.text, part
    assert "ya pasó" not in page.text


def test_once_the_rules_of_this_year_are_published_they_speak_and_the_last_call_does_not(client):
    call = of_last_year()
    published_rules(program=call.edition.program, year=2027, schedule=NEXT_YEAR)

    page = seen(client, date(2027, 2, 27))

    assert [card["is_planned"] for card in page.context["cards"]] == [True]


@pytest.mark.parametrize(
    ("day", "is_shown"),
    [
        (date(2026, 3, 31), False),  # it is open
        (date(2026, 4, 2), False),  # next year is too far
        (date(2026, 9, 2), False),
        (date(2026, 9, 3), True),  # 180 days before the same day of the next year
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
    ],
)
def test_the_last_call_is_looked_at_for_the_year_after_it(client, day, is_shown):
    of_last_year()

    assert bool(programs(seen(client, day))) is is_shown


def test_a_same_day_that_passed_is_said(client):
    of_last_year()

    assert "En este año el mismo día, 2 de marzo de 2027, ya pasó." in seen(client, date(2027, 3, 3)).text


def test_a_call_that_was_cancelled_suggests_nothing(client):
    call = of_last_year()
    endings.cancel(call, reason="R.", basis="B.", by=member("head", call.agency.body), at=OPENING)

    assert programs(seen(client, date(2027, 1, 15))) == []


def test_the_29th_of_february_is_looked_for_on_the_28th():
    assert forecast._a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)


# The filters


def test_they_are_found_by_words_agency_topic_and_place(client):
    municipality()
    MunicipalityFactory(key="14083", name="Tala", region="Valles")
    past = of_last_year(
        publication=published_rules(acronym="SSAS", coverage=[("region", "Valles", "")]),
        topics="niñez, salud",
    )
    rules = published_rules(year=2027, schedule=NEXT_YEAR)
    by_last_year, by_rules = past.edition.program, rules.edition.program

    for filters, expected in [
        ({}, [by_rules, by_last_year]),
        ({"agency": "SSAS"}, [by_last_year]),
        ({"topic": "niñez"}, [by_last_year]),
        ({"place": "14083"}, [by_rules, by_last_year]),
        ({"place": "Centro"}, [by_rules]),
        ({"q": by_rules.code.lower()}, [by_rules]),
        ({"q": "NINEZ"}, [by_last_year]),
        ({"q": "nada de esto"}, []),
    ]:
        page = seen(client, date(2027, 2, 1), **filters)
        assert programs(page) == expected, filters
    assert "Ver todas las próximas convocatorias" in page.text


def test_without_any_it_says_so(client):
    assert "No se sabe de ninguna próxima convocatoria" in seen(client).text


def test_the_filters_in_use_are_carried_to_the_subscription(client):
    published_rules(acronym="SSAS")

    page = seen(client, agency="SSAS", q="a")

    assert page.context["subscribe_url"] == "/convocatorias/suscripcion/?agency=SSAS"


def test_fiction_carries_its_mark(client):
    published_rules(is_demo=True)

    assert 'class="badge demo"' in seen(client).text


# The calendar


def tentative(client, day=BEFORE):
    with noon(day):
        found = Calendar.from_ical(client.get("/convocatorias/calendario.ics").content).walk("VEVENT")
    return {str(one["uid"]): one for one in found if one.get("status") == "TENTATIVE"}


def test_the_calendar_of_all_calls_holds_what_the_rules_plan_as_tentative(client):
    code = published_rules(is_demo=True).edition.code

    found = tentative(client)

    assert set(found) == {f"{code}.call_issued@armoniza", f"{code}.call_closed@armoniza"}
    opens = found[f"{code}.call_issued@armoniza"]
    assert opens.decoded("dtstart") == date(2026, 3, 1)
    assert opens.decoded("dtend") == date(2026, 3, 21)  # the day after the last one
    assert str(opens["summary"]).startswith("[demostración] Previsto, sin anunciar: ")


def test_what_passed_or_was_published_is_not_tentative(client):
    publication = published_rules()
    assert tentative(client, date(2026, 3, 21)) == {}

    CallFactory(publication=publication, published=True)

    assert tentative(client) == {}


# The API


def told(client, day, **filters):
    with noon(day):
        response = client.get("/api/v1/forecast/", filters)
    return response.status_code, response.json()


def test_the_api_says_on_what_each_call_to_come_rests(client):
    past = of_last_year(publication=published_rules(acronym="SSAS"))
    rules = published_rules(year=2027, schedule=NEXT_YEAR).edition

    _status, answer = told(client, date(2027, 2, 1))

    assert answer["results"] == [
        {
            "program": rules.program.code, "agency": "SISEMH", "basis": "rules", "edition": rules.code,
            "last_call": None, "fiscal_year": 2027, "opens_first": "2027-03-01", "opens_last": "2027-03-20",
            "closes_first": "2027-03-10", "closes_last": "2027-04-20", "is_past": False, "is_demo": False,
        },
        {
            "program": past.edition.program.code, "agency": "SSAS", "basis": "last_call", "edition": None,
            "last_call": past.folio, "fiscal_year": 2027, "opens_first": "2027-03-02",
            "opens_last": "2027-03-02", "closes_first": None, "closes_last": None, "is_past": False,
            "is_demo": False,
        },
    ]  # fmt: skip
    for filters in ({"agency": "SSAS"}, {"program": past.edition.program.code}):
        _status, narrowed = told(client, date(2027, 2, 1), **filters)
        assert [row["last_call"] for row in narrowed["results"]] == [past.folio]
    assert told(client, date(2027, 2, 1), agency="NADIE")[0] == 400
    assert told(client, date(2027, 2, 1), topic="niñez")[0] == 400
