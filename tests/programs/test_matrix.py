import csv
import io
from datetime import date

import pytest
from django.utils import translation

from programs import harmony
from programs.loading import load_reference
from programs.models import Assessment, Edition, Practice, Verdict
from programs.states import EditionState
from tests.factories.programs import EditionFactory, ProgramFactory
from tests.factories.reference import AssessmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference():
    load_reference()


def test_the_matrix_of_2024_holds_the_marks_of_the_report():
    matrix = harmony.read_matrix(2024)

    assert {column.program.agency.acronym: column.adopted for column in matrix.columns} == {
        "SSAS": 9, "SISEMH": 7, "SGG": 3, "SICYT": 1, "COECYTJAL": 2,
    }  # fmt: skip
    assert (matrix.core_count, matrix.unidentified, len(matrix.programs)) == (11, 3, 5)
    assert [row.practice.code for row in matrix.apart] == ["GP-12"]


def test_the_index_says_its_value_and_its_formula():
    figure = harmony.read_matrix(2024).index

    assert (figure.number, figure.of, figure.value) == (22, 55, "22 de 55")
    assert "40.0\N{NO-BREAK SPACE}%" in figure.sentence
    assert "5 programas con nombre × 11 prácticas = 55" in figure.formula


def test_practices_stand_under_their_topic():
    topics = harmony.read_matrix(2024).topics

    assert {topic.code: [row.practice.code for row in rows] for topic, rows in topics} == {
        "T1": ["GP-01", "GP-04", "GP-10", "GP-11"],
        "T2": ["GP-05", "GP-06", "GP-07"],
        "T3": ["GP-02", "GP-03", "GP-08"],
        "T4": ["GP-09"],
    }


def test_blank_means_no_data_and_never_no():
    matrix = harmony.read_matrix(2024)
    cell = next(c for c in matrix.all_cells if (c.program.code, c.practice.code) == ("SGG-PCD", "GP-05"))

    assert (cell.verdict, cell.label) == ("", "Sin dato")


def test_a_mark_says_that_the_report_states_it_and_leads_to_its_record():
    matrix = harmony.read_matrix(2024)
    cell = next(c for c in matrix.all_cells if (c.program.code, c.practice.code) == ("COECYTJAL-DD", "GP-02"))

    assert (cell.label, cell.proof) == ("Adoptada", "según el informe")
    assert cell.url == "/reglas/COECYTJAL-DD/2024/?practica=GP-02#practica"


# The page


def page(client, query="", accept=200):
    answer = client.get(f"/armonizacion/{query}")
    assert answer.status_code == accept
    return answer.text


def test_the_page_shows_the_year_of_facts_and_folds_the_unnamed(client):
    shown = page(client)

    assert "22 de 55" in shown
    assert "Por identificar (3)" in shown
    assert shown.count('class="cell"') == 12 * 6


NEXT = date(2027, 3, 1)


def test_the_year_under_way_is_shown_once_one_of_its_editions_is_assessed(client):
    Edition.objects.filter(code="SSAS-OSC-2024").update(fiscal_year=2026, is_demo=True, code="X")

    assert harmony.usual_year(harmony.public_years(), today=date(2026, 11, 24)) == 2026
    assert harmony.usual_year(harmony.public_years(), today=NEXT) == 2024


def test_fiction_never_takes_the_place_of_facts(client):
    Edition.objects.filter(code="SSAS-OSC-2024").update(fiscal_year=2026, is_demo=True, code="X")
    Assessment.objects.filter(edition__code="X").delete()

    assert harmony.usual_year(harmony.public_years(), today=date(2026, 11, 24)) == 2024
    assert "2026 · demostración" in page(client)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?tema=T2", ["GP-05", "GP-06", "GP-07"]),
        ("?dimension=D5", ["GP-11"]),
        ("?veredicto=adopted&tema=T3&programa=COECYTJAL-DD", ["GP-02"]),
        ("?veredicto=partial", []),
    ],
)
def test_filters_keep_the_practices_asked_for(client, query, codes):
    shown = page(client, query)

    found = [code for code in Practice.objects.values_list("code", flat=True) if f"<b>{code}</b>" in shown]
    assert found == codes


def test_a_filter_on_one_program_leaves_its_column_alone(client):
    shown = page(client, "?programa=SGG-PCD")

    assert shown.count('class="cell"') == 12
    assert "Por identificar" not in shown


@pytest.mark.parametrize("year", ["1999", "hoy", "²"])
def test_a_year_without_editions_does_not_exist(client, year):
    page(client, f"?ejercicio={year}", accept=404)


def test_a_draft_is_neither_shown_nor_counted(client):
    Edition.objects.filter(code="SSAS-OSC-2024").update(state=EditionState.DRAFT)

    shown = page(client)

    assert "13 de 55" in shown
    assert "/reglas/SSAS-OSC/2024/" not in shown
    assert "SSAS-OSC-2024" not in client.get("/armonizacion/matriz.csv").text


def test_the_page_costs_the_same_for_one_edition_as_for_five(client, django_assert_num_queries):
    with django_assert_num_queries(8):
        page(client)
    Edition.objects.exclude(code="SSAS-OSC-2024").update(state=EditionState.DRAFT)

    with django_assert_num_queries(8):
        page(client)


def test_without_any_edition_the_page_says_how_it_begins(client):
    Edition.objects.update(state=EditionState.DRAFT)

    assert "Aún no hay ninguna edición" in page(client)
    assert client.get("/armonizacion/matriz.csv").status_code == 404


def test_the_page_is_complete_in_english(client):
    client.cookies["django_language"] = "en"

    shown = page(client)

    assert "22 of 55" in shown
    assert "To be identified (3)" in shown
    assert "Adoptada" not in shown


# Many programs


@pytest.fixture
def many():
    """Twenty-three programs with a name; the last of them alone declares something partial."""
    edition = EditionFactory(program=ProgramFactory.create_batch(18)[-1], fiscal_year=2024, state="recorded")
    practice = Practice.objects.get(code="GP-05")
    return AssessmentFactory(edition=edition, practice=practice, verdict=Verdict.PARTIAL)


def test_twenty_programs_stand_on_a_page_and_the_index_counts_all(client, many):
    first, last = page(client, "?ejercicio=2024"), page(client, "?ejercicio=2024&page=2")

    assert (first.count('class="cell"'), last.count('class="cell"')) == (12 * 21, 12 * 4)
    assert "22 de 253" in first
    assert "22 de 253" in last
    assert "columnas=todas" in first
    assert "data-print" not in first


def test_all_of_them_stand_together_to_print(client, many):
    shown = page(client, "?ejercicio=2024&columnas=todas")

    assert shown.count('class="cell"') == 12 * 24
    assert "data-print" in shown
    assert len(client.get("/armonizacion/matriz.json?ejercicio=2024").json()["cells"]) == 12 * 23


def test_the_filter_of_the_verdict_asks_the_programs_of_every_page(client, many):
    shown = page(client, "?ejercicio=2024&veredicto=partial")

    assert "<b>GP-05</b>" in shown
    assert shown.count('<th scope="row"><b>') == 1


# How it is measured, and the downloads


def test_anybody_can_count_the_index_again_from_the_csv(client):
    text = client.get("/armonizacion/matriz.csv?ejercicio=2024").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["counts_in_the_index"] == "true"]

    assert len(rows) == 55
    assert sum(row["verdict"] == Verdict.ADOPTED for row in rows) == 22
    assert all("End of Commitment Report" in row["evidence"] for row in rows if row["verdict"])


def test_the_json_holds_the_same_cells(client):
    found = client.get("/armonizacion/matriz.json?ejercicio=2024").json()

    assert (found["index"]["adopted"], found["index"]["cells"], len(found["cells"])) == (22, 55, 60)


def test_a_value_that_looks_like_a_formula_is_text_in_the_sheet():
    from programs.views.harmonization import safe

    assert safe("=1+1") == "'=1+1"
    assert safe("@x") == "'@x"
    assert safe("2024") == "2024"
    assert safe(True) == "true"


def test_the_formula_page_says_the_parts_and_the_share_over_eight(client):
    shown = client.get("/armonizacion/como-se-mide/").text

    assert "22 ÷ 55 = <b>40.0\N{NO-BREAK SPACE}%</b>" in shown
    assert "22 ÷ 88 = 25.0\N{NO-BREAK SPACE}%" in shown


def test_messages_of_the_figure_follow_the_language():
    with translation.override("en"):
        assert harmony.read_matrix(2024).index.value == "22 of 55"
