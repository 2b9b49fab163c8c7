"""The days that are kept, the lines and the map made of them: one number everywhere, which survives edits."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, transaction

from programs import harmony
from programs.actions import practices, trends
from programs.loading import load_reference
from programs.models import Assessment, Edition, GuideEdition, HarmonyDay, Practice, Program, Verdict
from programs.tasks import keep_harmony
from programs.trends import read_heat, read_trend
from tests.factories.histories import HarmonyDayFactory
from tests.factories.programs import EditionFactory, ProgramFactory, fill, people_of, publish

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _reference():
    load_reference()


@pytest.fixture
def edition():
    made = EditionFactory(
        program=Program.objects.get(code="SISEMH-API"), guide=GuideEdition.objects.get(), code="ROP-X-2026-01"
    )
    publish(fill(made))
    return made


def declare(edition, code, verdict=Verdict.ADOPTED, **said):
    said = said or {"source": "Portal"}
    return practices.assess(
        edition, Practice.objects.get(code=code), verdict, by=people_of(edition).editor,
        at=datetime(2026, 3, 1, 18, tzinfo=UTC), **said,
    )  # fmt: skip


def keep(day, year=2024):
    trends.keep(day, years=[year])


def days(year=2024, program=None):
    found = HarmonyDay.objects.of_year(year).order_by("on")
    found = found.filter(program__code=program) if program else found.totals()
    return [(one.on, one.adopted, one.cells) for one in found]


# What is kept, and when


def test_a_day_holds_each_program_with_its_verdicts_and_the_sum_of_all():
    keep(FIRST)

    assert days() == [(FIRST, 22, 55)]
    kept = HarmonyDay.objects.get(program__code="COECYTJAL-DD")
    assert (kept.adopted, kept.cells, kept.counts) == (2, 11, {"adopted": 2, "no_data": 9})
    assert kept.verdicts["GP-02"] == "adopted"
    assert len(kept.verdicts) == 2
    total = HarmonyDay.objects.totals().get()
    assert total.counts == {"adopted": 22, "no_data": 33}


def test_run_twice_in_a_day_it_is_kept_once():
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC), tick=False):
        keep_harmony()
        keep_harmony()

    assert HarmonyDay.objects.of_year(2024).count() == 6


def test_a_day_on_which_nothing_changed_is_not_kept_but_one_a_month_is():
    for day in (FIRST, date(2026, 3, 3), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        keep(day)

    assert [on for on, *_ in days()] == [FIRST, date(2026, 4, 1)]


def test_only_what_changed_is_kept(edition):
    keep(FIRST, 2026)
    other = Program.objects.get(code="SGG-PCD")
    publish(fill(EditionFactory(program=other, guide=GuideEdition.objects.get(), code="ROP-Y-2026-01")))
    keep(date(2026, 3, 3), 2026)
    declare(edition, "GP-01")
    keep(date(2026, 3, 4), 2026)

    assert days(2026, "SISEMH-API") == [(FIRST, 0, 11), (date(2026, 3, 4), 1, 11)]
    assert days(2026, "SGG-PCD") == [(date(2026, 3, 3), 0, 11)]
    assert days(2026) == [(FIRST, 0, 55), (date(2026, 3, 4), 1, 55)]


def test_of_missed_days_nothing_is_invented(edition):
    keep(FIRST, 2026)
    declare(edition, "GP-01")
    keep(date(2026, 3, 20), 2026)

    assert days(2026, "SISEMH-API") == [(FIRST, 0, 11), (date(2026, 3, 20), 1, 11)]


def test_a_day_before_the_last_kept_one_is_not_kept():
    keep(FIRST)
    Assessment.objects.filter(edition__program__code="SSAS-OSC").delete()
    keep(date(2026, 3, 1))

    assert days() == [(FIRST, 22, 55)]


def test_a_change_apart_from_the_index_is_kept_too(edition):
    keep(FIRST, 2026)
    declare(edition, "GP-12")
    keep(date(2026, 3, 3), 2026)

    assert days(2026, "SISEMH-API") == [(FIRST, 0, 11), (date(2026, 3, 3), 0, 11)]


def test_a_limitation_is_kept_as_expired_after_its_last_day(edition):
    declare(edition, "GP-07", "limited", norm="Norma", article="artículo 0", last_day=date(2026, 3, 10))
    keep(date(2026, 3, 10), 2026)
    keep(date(2026, 3, 11), 2026)

    kept = HarmonyDay.objects.of_programs().order_by("on")
    assert [one.verdicts["GP-07"] for one in kept] == ["limited", "expired"]
    assert [one.counts["no_data"] for one in kept] == [10, 10]


def test_a_draft_is_not_kept():
    Edition.objects.filter(code="SSAS-OSC-2024").update(state="draft")
    keep(FIRST)

    assert not HarmonyDay.objects.filter(program__code="SSAS-OSC").exists()
    assert days() == [(FIRST, 13, 55)]


@pytest.mark.parametrize("change", [lambda rows: rows.update(adopted=0), lambda rows: rows.delete()])
def test_the_database_refuses_to_rewrite_a_day(change):
    kept = HarmonyDayFactory()

    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        change(HarmonyDay.objects.filter(pk=kept.pk))


# What is shown of it


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))


def test_page_api_json_csv_and_a_recount_of_the_open_data_agree(client):
    keep(FIRST)
    cells = rows_of(client.get("/armonizacion/matriz.csv?ejercicio=2024"))
    counted = [row for row in cells if row["counts_in_the_index"] == "true"]
    number = sum(row["verdict"] == "adopted" for row in counted), len(counted)

    page = client.get("/armonizacion/tendencias/?ejercicio=2024").text
    found = client.get("/armonizacion/tendencias.json?ejercicio=2024").json()
    total = next(day for day in found["days"] if day["program"] == "")
    of_all = next(one for one in found["heat"] if (one["agency"], one["fiscal_year"]) == ("", 2024))
    from_csv = next(
        row
        for row in rows_of(client.get("/armonizacion/tendencias.csv?ejercicio=2024"))
        if not row["program"]
    )
    from_map = next(
        row
        for row in rows_of(client.get("/armonizacion/mapa.csv"))
        if (row["agency"], row["fiscal_year"]) == ("", "2024")
    )
    from_api = client.get("/api/v1/days/?fiscal_year=2024&is_total=true").json()["results"][0]
    index = client.get("/api/v1/index/?fiscal_year=2024").json()["results"][0]

    told = [total, of_all, from_csv, from_map, from_api, index]
    assert [(int(one["adopted"]), int(one["cells"])) for one in told] == [number] * len(told)
    assert page.count("22 de 55 (40.0\N{NO-BREAK SPACE}%)") >= 2


def test_each_agency_s_cell_of_the_map_is_the_recount_of_its_cells(client):
    cells = rows_of(client.get("/armonizacion/matriz.csv?ejercicio=2024"))
    heat = {
        row["agency"]: (int(row["adopted"]), int(row["cells"]))
        for row in rows_of(client.get("/armonizacion/mapa.csv"))
        if row["agency"]
    }

    counted = [row for row in cells if row["counts_in_the_index"] == "true"]
    for agency, (adopted, of) in heat.items():
        own = [row for row in counted if row["agency"] == agency]
        assert (sum(row["verdict"] == "adopted" for row in own), len(own)) == (adopted, of)
    assert len(heat) == 5


def test_the_trend_survives_later_edits_of_the_live_assessments(client):
    keep(FIRST)
    before = client.get("/armonizacion/tendencias.json?ejercicio=2024").json()["days"]

    Assessment.objects.filter(edition__program__code="SSAS-OSC").delete()

    assert client.get("/armonizacion/tendencias.json?ejercicio=2024").json()["days"] == before
    assert read_trend(2024).total.points[0]["text"] == "22 de 55 (40.0\N{NO-BREAK SPACE}%)"
    assert harmony.read_matrix(2024).index.number == 13


def test_the_map_says_nothing_of_an_agency_without_a_public_edition(client):
    Edition.objects.filter(code="SSAS-OSC-2024").update(state="draft")

    heat = read_heat()

    row = next(one for one in heat.rows if one.agency == "SSAS")
    assert [cell.has_edition for cell in row.cells] == [False]
    assert (heat.totals[0].adopted, heat.totals[0].cells) == (13, 55)
    assert '<td class="num heat-0">—</td>' in client.get("/armonizacion/tendencias/").text


@pytest.mark.parametrize(("adopted", "step"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 5), (11, 5)])
def test_a_cell_of_the_map_is_as_dark_as_its_share(adopted, step):
    from programs.trends import HeatCell

    assert HeatCell(2024, adopted, 11).step == step


def test_each_line_says_in_words_what_it_draws(client, edition):
    keep(FIRST, 2026)
    declare(edition, "GP-01")
    keep(date(2026, 3, 4), 2026)

    shown = client.get("/armonizacion/tendencias/?ejercicio=2026").text

    assert "SISEMH · Asociaciones por la Igualdad" in shown
    assert (
        '<th scope="row">4 de marzo de 2026</th><td class="num">1 de 11 (9.1\N{NO-BREAK SPACE}%)</td>'
        in shown
    )
    assert shown.count("<figure") == 2


def test_before_the_first_night_the_page_says_so_and_still_has_the_map(client):
    shown = client.get("/armonizacion/tendencias/").text

    assert "Aún no se guarda ningún día de este ejercicio" in shown
    assert "9 de 11" in shown


def test_twelve_programs_stand_on_a_page(client):
    HarmonyDayFactory(program=None, fiscal_year=2024)
    for number in range(13):
        HarmonyDayFactory(program=ProgramFactory(name_es=f"Programa {number}"), fiscal_year=2024)

    assert client.get("/armonizacion/tendencias/?ejercicio=2024").text.count("<figure") == 13
    assert client.get("/armonizacion/tendencias/?ejercicio=2024&page=2").text.count("<figure") == 2


def test_without_any_edition_it_says_how_it_begins(client):
    Edition.objects.update(state="draft")

    assert "La tendencia empieza" in client.get("/armonizacion/tendencias/").text
    assert client.get("/armonizacion/tendencias.csv").status_code == 404


def test_the_page_is_complete_in_english(client):
    keep(FIRST)
    client.cookies["django_language"] = "en"

    shown = client.get("/armonizacion/tendencias/").text

    assert "22 of 55" in shown
    assert "Tendencia" not in shown


@pytest.mark.parametrize("address", ["/armonizacion/", "/seguimiento/"])
def test_matrix_and_board_lead_to_it(client, address):
    assert 'href="/armonizacion/tendencias/' in client.get(address).text
