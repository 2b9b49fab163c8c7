"""The promised dates of all calls: their list, the board, the API, the duties of who operates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from calls import panels
from calls.actions import promises
from programs.duties import duties_of
from programs.models import Edition
from tests.factories.accounts import UserFactory
from tests.factories.calls import OPENING, CallFactory, operator_of, published_rules

pytestmark = pytest.mark.django_db

LIST = "/convocatorias/fechas/"
MAY = datetime(2026, 5, 20, 12, 0, tzinfo=ZoneInfo("America/Mexico_City"))
APRIL = datetime(2026, 4, 10, 12, 0, tzinfo=ZoneInfo("America/Mexico_City"))


@pytest.fixture
def cycle():
    """A call with one date kept, one late and changed promises; the rest still to come or overdue."""
    call = CallFactory(sealed=True)
    rita = operator_of(call)
    promises.record_actual(
        call, "documents_delivered", date(2026, 4, 9), reason="Falla del correo.", by=rita, at=APRIL
    )
    promises.change_date(call, "ruling", date(2026, 4, 28), reason="Una sesión más.", by=rita, at=APRIL)
    CallFactory(publication=published_rules(acronym="SSAS"))  # a draft promises nothing
    return call


def listed(client, **filters):
    with time_machine.travel(MAY, tick=False):
        response = client.get(LIST, filters)
    return [row["label"] for row in response.context["rows"]], response


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 10),
        ({"status": "kept"}, 2),
        ({"status": "late"}, 1),
        ({"status": "overdue"}, 3),
        ({"status": "due"}, 4),
        ({"side": "committee"}, 1),
        ({"milestone": "ruling"}, 1),
        ({"edition": "ROP-OTRA"}, 0),
    ],
)
def test_the_list_shows_the_dates_in_force_by_what_became_of_them(client, cycle, filters, count):
    rows, response = listed(client, **filters)

    assert len(rows) == count
    if filters.get("status") == "late":
        assert "Falla del correo." in response.text
        assert response.context["rows"][0]["late_days"] == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_dates_costs_the_same_for_one_call_as_for_three(client, django_assert_num_queries, count):
    for _number in range(count):
        CallFactory(publication=published_rules(), published=True)

    with django_assert_num_queries(3):
        client.get(LIST)


def test_each_number_of_the_board_opens_exactly_its_records(client, cycle):
    with time_machine.travel(MAY, tick=False):
        shown = panels.promises(Edition.objects.all(), UserFactory())
        counts = {
            part["label"]: (part["value"], len(client.get(part["url"]).context["rows"]))
            for part in shown["parts"]
        }

    assert shown["total"] == sum(value for value, _rows in counts.values()) == 4
    assert all(value == rows for value, rows in counts.values())
    assert shown["figures"][0].of == 2
    assert len(shown["worst"]) == 1


def test_the_board_counts_calls_by_phase_and_each_opens_its_list(client, cycle):
    CallFactory(publication=published_rules(), published=True)

    with time_machine.travel(OPENING, tick=False):
        shown = panels.calls(Edition.objects.all(), UserFactory())
        found = [len(client.get(part["url"]).context["cards"]) for part in shown["parts"]]

    assert [part["value"] for part in shown["parts"]] == found == [0, 1, 1, 0]
    assert shown["total"] == 2


def test_a_scope_without_editions_has_no_dates_and_no_calls():
    CallFactory(published=True)

    assert panels.promises(Edition.objects.none(), UserFactory())["total"] == 0
    assert panels.calls(Edition.objects.none(), UserFactory())["total"] == 0


# API


def test_the_api_gives_public_calls_by_folio_and_no_draft(client):
    call, draft = CallFactory(published=True), CallFactory(publication=published_rules())

    body = client.get("/api/v1/calls/").json()
    one = client.get(f"/api/v1/calls/{call.folio}/").json()

    assert body["count"] == 1
    assert body["results"] == [one]
    assert (one["folio"], one["agency"], one["last_minute"]) == (
        call.folio,
        "SISEMH",
        "2026-04-01T05:59:00+00:00",
    )
    assert client.get(f"/api/v1/calls/{draft.folio}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 11), ("?in_force=true", 10), ("?in_force=false", 1), ("?milestone=ruling", 2), ("?side=cso", 4)],
)
def test_the_api_gives_every_promised_date_the_former_ones_too(client, cycle, query, count):
    assert client.get(f"/api/v1/milestones/{query}").json()["count"] == count


def test_a_late_milestone_says_by_how_many_days(client, cycle):
    (row,) = client.get("/api/v1/milestones/?milestone=documents_delivered").json()["results"]

    assert (row["planned"], row["actual"], row["late_days"], row["number"]) == (
        "2026-04-07",
        "2026-04-09",
        2,
        1,
    )


@pytest.mark.parametrize("address", ["/api/v1/calls/", "/api/v1/milestones/"])
def test_an_unknown_filter_of_the_api_is_refused(client, address):
    assert client.get(f"{address}?nada=1").status_code == 400


# Duties


def test_the_operator_is_told_of_drafts_and_of_dates_at_risk(cycle):
    rita = operator_of(cycle)
    draft = CallFactory(publication=published_rules(), by=rita)

    with time_machine.travel(MAY, tick=False):
        links = [duty.link for duty in duties_of(rita)]
        others = published_rules(acronym="SGG")
        elsewhere = [duty.link for duty in duties_of(operator_of(others))]

    assert f"/convocatorias/{draft.folio}/gestion/" in links
    assert f"/convocatorias/{cycle.folio}/gestion/fechas/results_published/" in links
    assert f"/convocatorias/{cycle.folio}/gestion/fechas/verification_closed/" not in links
    assert elsewhere == [f"/convocatorias/abrir/{others.edition.code}/"]
