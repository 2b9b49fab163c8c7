import pytest

from programs.loading import load_reference
from programs.models import Assessment, Edition
from programs.states import EditionState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference():
    load_reference()


def results(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_marks_of_2024_are_twenty_two(client):
    found = results(client, "/api/v1/assessments/?fiscal_year=2024&verdict=adopted")

    assert found["count"] == 22
    by_program = [row["program"] for row in found["results"]]
    assert {code: by_program.count(code) for code in by_program} == {
        "SSAS-OSC": 9, "SISEMH-API": 7, "SGG-PCD": 3, "COECYTJAL-DD": 2, "SICYT-ICDT": 1,
    }  # fmt: skip
    assert all("End of Commitment Report" in row["evidence"] for row in found["results"])


def test_an_assessment_says_program_practice_year_verdict_and_evidence(client):
    [row] = results(client, "/api/v1/assessments/?program=COECYTJAL-DD&practice=GP-02")["results"]

    assert (row["program"], row["practice"], row["fiscal_year"], row["verdict"]) == (
        "COECYTJAL-DD", "GP-02", 2024, "adopted",
    )  # fmt: skip
    assert row["review"] == "report"


def test_the_reference_tables_are_complete(client):
    counts = {
        name: results(client, f"/api/v1/{name}/")["count"] for name in ("agencies", "programs", "practices")
    }

    assert counts == {"agencies": 8, "programs": 8, "practices": 12}


def test_a_row_is_known_by_its_code(client):
    assert (
        results(client, "/api/v1/agencies/SSAS/")["name_en"] == "Secretariat of the Social Assistance System"
    )
    assert results(client, "/api/v1/programs/POR-IDENTIFICAR-1/") == {
        "code": "POR-IDENTIFICAR-1", "agency": None, "name_es": "", "name_en": "", "is_identified": False,
    }  # fmt: skip
    assert results(client, "/api/v1/practices/GP-12/")["is_core"] is False
    edition = results(client, "/api/v1/editions/SSAS-OSC-2024/")
    assert (edition["state"], edition["gazette"], edition["sha256"]) == ("recorded", None, None)


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("agencies/?takes_part=true", 7),
        ("agencies/?duty=operates", 5),
        ("programs/?is_identified=false", 3),
        ("programs/?is_identified=true", 5),
        ("programs/?agency=SGG", 1),
        ("practices/?topic=T2", 3),
        ("practices/?dimension=D1&is_core=true", 4),
        ("editions/?fiscal_year=2024&agency=SSAS", 1),
        ("editions/?state=published", 0),
        ("assessments/?topic=T1", 10),
        ("assessments/?is_demo=true", 0),
        ("assessments/?practice=GP-01&practice=GP-02", 4),
    ],
)
def test_filters_narrow_a_table(client, address, count):
    assert results(client, f"/api/v1/{address}")["count"] == count


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("assessments/?verdict=excellent", "verdict"),
        ("assessments/?program=NADIE", "program"),
        ("assessments/?fiscal_year=cuando", "fiscal_year"),
        ("assessments/?verdicto=adopted", "verdicto"),
        ("assessments/?ordering=secret", "ordering"),
        ("agencies/?takes_part=maybe", "takes_part"),
        ("editions/?state=draft", "state"),
    ],
)
def test_an_unknown_filter_or_value_is_refused_with_its_reason(client, address, name):
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 400
    assert list(answer.json()) == [name]
    assert answer.json()[name][0]


def test_ordering_follows_an_explicit_list(client):
    found = results(client, "/api/v1/programs/?ordering=-code")["results"]

    assert [row["code"] for row in found][:2] == ["SSAS-OSC", "SISEMH-API"]


def test_what_is_not_public_does_not_exist(client):
    Edition.objects.filter(code="SSAS-OSC-2024").update(state=EditionState.DRAFT)

    assert results(client, "/api/v1/assessments/")["count"] == 13
    assert results(client, "/api/v1/editions/")["count"] == 4
    assert client.get("/api/v1/editions/SSAS-OSC-2024/").status_code == 404
    assert client.get("/api/v1/assessments/?edition=SSAS-OSC-2024").status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_for_reading(client, method):
    assert getattr(client, method)("/api/v1/assessments/").status_code == 405


def test_a_page_beyond_the_last_one_does_not_exist(client):
    assert client.get("/api/v1/assessments/?page=2").status_code == 404


@pytest.mark.parametrize("table", ["agencies", "programs", "editions", "practices", "assessments"])
def test_a_table_costs_the_same_whatever_its_size(client, django_assert_max_num_queries, table):
    with django_assert_max_num_queries(3):
        client.get(f"/api/v1/{table}/")


def test_assessments_cost_the_same_for_one_as_for_many(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/api/v1/assessments/")
    Assessment.objects.exclude(pk=Assessment.objects.first().pk).delete()

    with django_assert_num_queries(2):
        client.get("/api/v1/assessments/")


def test_the_schema_is_openapi_3_1_and_documents_the_refusals(client):
    schema = results(client, "/api/v1/schema/?format=json")

    assert schema["openapi"].startswith("3.1")
    listing = schema["paths"]["/api/v1/assessments/"]["get"]
    assert {"200", "400", "404", "405"} <= set(listing["responses"])
    assert {"verdict", "program", "fiscal_year", "ordering", "page"} <= {
        p["name"] for p in listing["parameters"]
    }


def test_the_index_is_a_page_for_people_and_json_for_programs(client):
    assert "/api/v1/assessments/" in client.get("/api/v1/", headers={"accept": "text/html"}).text
    as_json = client.get("/api/v1/", headers={"accept": "application/json"}).json()
    assert set(as_json) >= {"agencies", "programs", "editions", "practices", "assessments"}
