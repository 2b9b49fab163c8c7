import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings

from programs import gaps, harmony, indexes
from programs.loading import load_reference
from programs.models import Assessment, Edition, Practice, Program, Verdict
from programs.practice_checks.base import met

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference():
    load_reference()


def from_the_csv(client, year):
    text = client.get(f"/armonizacion/matriz.csv?ejercicio={year}").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["counts_in_the_index"] == "true"]
    return sum(row["verdict"] == "adopted" for row in rows), len(rows)


def from_the_api(client, year):
    (found,) = client.get(f"/api/v1/index/?fiscal_year={year}").json()["results"]
    return found["adopted"], found["cells"]


def from_the_page(client, year):
    shown = client.get(f"/armonizacion/como-se-mide/?ejercicio={year}").text
    return tuple(int(number) for number in re.search(r"(\d+) ÷ (\d+) = <b>", shown).groups())


def from_the_records(client, year):
    query = f"?is_core=true&verdict=adopted&fiscal_year={year}"
    return client.get(f"/api/v1/assessments/{query}").json()["count"]


@pytest.mark.parametrize("dropped", [0, 1, 9])
def test_page_api_and_open_data_give_the_same_number(client, dropped):
    found = Assessment.objects.filter(edition__fiscal_year=2024).order_by("pk")[:dropped]
    Assessment.objects.filter(pk__in=[one.pk for one in found]).delete()

    counted = from_the_csv(client, 2024)

    assert counted == (22 - dropped, 55)
    assert counted == from_the_page(client, 2024) == from_the_api(client, 2024)
    assert counted[0] == from_the_records(client, 2024)


def test_the_api_says_each_program_s_part_and_the_formula(client):
    (found,) = client.get("/api/v1/index/").json()["results"]

    assert {part["program"]: (part["adopted"], part["practices"]) for part in found["programs"]} == {
        "SSAS-OSC": (9, 11), "SISEMH-API": (7, 11), "SGG-PCD": (3, 11), "SICYT-ICDT": (1, 11),
        "COECYTJAL-DD": (2, 11),
    }  # fmt: skip
    assert found["formula"] == harmony.read_matrix(2024).index.formula


def test_a_year_without_editions_has_no_index(client):
    assert client.get("/api/v1/index/?fiscal_year=1999").json()["results"] == []


def test_gp_12_is_not_counted(client):
    edition = Edition.objects.get(code="SSAS-OSC-2024")
    Assessment.objects.create(
        edition=edition, practice=Practice.objects.get(code="GP-12"), verdict="adopted", source="x",
        assessed_at=edition.created_at,
    )  # fmt: skip

    assert from_the_csv(client, 2024) == from_the_api(client, 2024) == from_the_page(client, 2024) == (22, 55)


def test_all_years_cost_the_same_queries(django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(indexes.indexes()) == 1
    Edition.objects.filter(code="SSAS-OSC-2024").update(fiscal_year=2025, code="X")

    with django_assert_num_queries(4):
        assert [one.figure.number for one in indexes.indexes()] == [9, 13]


# What would raise it most


def program(code="SGG-PCD"):
    return Program.objects.get(code=code)


def declare(code, verdict, **said):
    edition = Edition.objects.get(code="SGG-PCD-2024")
    practice = Practice.objects.get(code=code)
    Assessment.objects.create(
        edition=edition, practice=practice, verdict=verdict, assessed_at=edition.created_at, **said
    )


def test_the_gaps_of_a_program_are_what_it_has_not_adopted_most_followed_first():
    found = gaps.gaps_of(harmony.read_matrix(2024), program())

    assert len(found) == 8
    assert [gap.followers for gap in found] == sorted((gap.followers for gap in found), reverse=True)
    assert (found[0].practice.code, found[0].followers) == ("GP-01", 3)


def test_what_is_partial_or_planned_comes_before_what_nobody_declared():
    declare("GP-07", Verdict.PARTIAL, observation="Falta")
    declare("GP-06", Verdict.PLANNED, planned_year=2026)

    found = gaps.gaps_of(harmony.read_matrix(2024), program())

    assert [gap.practice.code for gap in found[:3]] == ["GP-07", "GP-06", "GP-01"]
    assert found[0].step == "Completar lo que es parcial."


@pytest.mark.parametrize("verdict", ["not_applicable", "not_viable"])
def test_what_has_a_reason_that_no_writing_removes_is_no_gap(verdict):
    declare("GP-01", verdict, observation="No capacita")

    found = gaps.gaps_of(harmony.read_matrix(2024), program())

    assert "GP-01" not in [gap.practice.code for gap in found]


def test_what_the_data_already_show_comes_first():
    declare("GP-07", Verdict.PARTIAL, observation="Falta")
    edition = Edition.objects.get(code="SGG-PCD-2024")
    shown = {"GP-10": met("x")}
    rows = [row._replace(finding=shown.get(row.practice.code)) for row in harmony.practices_of(edition)]

    found = gaps.gaps_of_edition(edition, rows)

    assert [gap.practice.code for gap in found[:3]] == ["GP-10", "GP-07", "GP-01"]
    assert len(found) == 8


def test_the_program_page_shows_its_index_and_its_three_cheapest_gaps(client):
    shown = client.get("/programas/SGG-PCD/").text

    assert "3 de 11" in shown
    assert "27.3\N{NO-BREAK SPACE}%" in shown
    assert shown.count("Declararla; si falta, redactar su cláusula.") == 3


def test_the_formula_page_says_what_would_raise_it(client):
    shown = client.get("/armonizacion/como-se-mide/").text

    assert "Qué lo elevaría más" in shown
    assert "41.8\N{NO-BREAK SPACE}%" in shown


def test_the_documentation_states_the_formula():
    text = (Path(settings.BASE_DIR) / "docs" / "index.md").read_text(encoding="utf-8")

    assert "22 ÷ (5 × 11) = 22 ÷ 55 = 40.0 %" in text
