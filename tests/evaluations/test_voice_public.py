"""How organizations were heard, for anybody: on page, in sheet and API, without small counts."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calls.models import Call
from evaluations import feedback_figures
from evaluations.models import Ruling
from tests.factories.evaluations import ReceivedApplicationFactory, evaluation
from tests.factories.voice import FeedbackRequestFactory, RemedyRequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    """A call with seven answers of one reason, five requests that wait and two remedies."""
    call = evaluation("release").call
    week_ago = timezone.now() - timedelta(days=7)
    for _n in range(7):
        FeedbackRequestFactory(
            application=ReceivedApplicationFactory(call=call), answered=True, asked_at=week_ago
        )
    for _n in range(5):
        FeedbackRequestFactory(
            application=ReceivedApplicationFactory(call=call), due_on=timezone.localdate() - timedelta(days=1)
        )
    for _n in range(2):
        RemedyRequestFactory(application=ReceivedApplicationFactory(call=call), text="SECRETO")
    return call


def test_the_api_counts_by_call_and_leaves_out_what_is_small(client, call):
    (row,) = client.get("/api/v1/feedback/").json()["results"]
    (filed,) = client.get("/api/v1/remedies/").json()["results"]

    assert (row["call"], row["asked"], row["answered"], row["open"], row["late"]) == (call.folio, 12, 7, 5, 5)
    assert row["median_days"] == row["p90_days"] >= 4
    assert (row["reasons"]["need"], row["reasons"]["design"]) == (7, 0)
    assert (filed["remedies"]["total"], filed["remedies"]["open"]) == (None, None)


def test_each_call_counts_its_days_in_its_own_zone():
    """Asked late on Monday in Jalisco, when in Madrid it is Tuesday already."""
    zones = ("America/Mexico_City", "Europe/Madrid")
    asked, answered = datetime(2026, 3, 3, 5, 30, tzinfo=UTC), datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
    calls = [evaluation("release").call for _each in zones]
    for call, zone in zip(calls, zones, strict=True):
        Call.objects.filter(pk=call.pk).update(zone=zone)
        FeedbackRequestFactory(
            application=ReceivedApplicationFactory(call=call), answered=True, asked_at=asked,
            answered_at=answered, due_on=date(2026, 3, 5),
        )  # fmt: skip
        FeedbackRequestFactory(application=ReceivedApplicationFactory(call=call), due_on=date(2026, 3, 10))

    found = feedback_figures.counted(now=datetime(2026, 3, 11, 5, 0, tzinfo=UTC))

    here, there = (found[call.pk] for call in calls)
    assert (here.answered, here.open, here.days, here.late) == (1, 1, [3], 0)
    assert (there.answered, there.open, there.days, there.late) == (1, 1, [2], 1)
    assert here.reasons["need"] == 1


@pytest.mark.parametrize("count", [1, 25])
def test_they_are_counted_by_the_database(call, django_assert_num_queries, count):
    for _n in range(count):
        FeedbackRequestFactory(application=ReceivedApplicationFactory(call=call), answered=True)

    with django_assert_num_queries(4), CaptureQueriesContext(connection) as asked:
        (found,) = feedback_figures.counted([call]).values()

    assert (found.answered, len(found.days)) == (7 + count, 7 + count)
    assert sum("COUNT(" in query["sql"] for query in asked) == 2


def test_the_sheet_says_the_same(client, call):
    text = b"".join(client.get("/resultados/retroalimentacion.csv")).decode("utf-8-sig")

    header, line = csv.reader(io.StringIO(text))

    said = dict(zip(header, line, strict=True))
    assert (said["Convocatoria"], said["Solicitadas"], said["Pendientes"]) == (call.folio, "12", "5")
    assert said["Medios de defensa presentados"] == ""


def test_the_page_shows_numbers_by_call_and_by_agency_and_never_a_text(client, call):
    page = client.get("/resultados/retroalimentacion/").text

    assert call.title in page
    assert "omitido" in page
    assert page.count('data-label="Solicitadas">12') == 2
    assert "SECRETO" not in page
    assert "Le faltó presentar datos." not in page


def test_a_call_without_results_is_not_there(client):
    sealed = evaluation("close").call

    assert sealed.title not in client.get("/resultados/retroalimentacion/").text
    assert client.get("/api/v1/feedback/").json()["count"] == 0
    assert Ruling.objects.filter(call=sealed).exists()
    assert Call.objects.with_results().count() == 0
