import hashlib
from datetime import UTC, datetime

import pytest

from accounts.models import Role
from documents.models import Rendering
from programs.actions import practices
from programs.loading import load_reference
from programs.models import GuideEdition, Practice, Program
from tests.factories.accounts import member
from tests.factories.programs import EditionFactory, fill, people_of, publish
from tests.harness.taped import taped

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 16, 0, tzinfo=UTC)
TEXT = "<p>La OSC puede pedir las razones <strong>precisas</strong> en [[retroalimentacion.plazo]].</p>"


@pytest.fixture
@taped
def draft():
    load_reference()
    edition = EditionFactory(
        program=Program.objects.get(code="SISEMH-API"), guide=GuideEdition.objects.get(),
        code="ROP-SISEMH-2026-01", is_demo=True,
    )  # fmt: skip
    edition.texts.filter(component__slug="process").update(text=TEXT, version=1)
    return fill(edition)


@pytest.fixture
def published(draft):
    publish(draft)
    practices.assess(
        draft,
        Practice.objects.get(code="GP-02"),
        "adopted",
        clause=draft.guide.components.get(slug="process"),
        excerpt="razones precisas en 10 días hábiles",
        by=people_of(draft).editor,
        at=AT,
    )
    return draft


def test_the_eight_programs_are_shown_and_three_have_no_name(client, draft):
    shown = client.get("/programas/").text

    assert "Asociaciones por la Igualdad" in shown
    assert "3 programas por identificar" in shown
    assert "POR-IDENTIFICAR-3" in shown


def test_a_program_without_a_name_says_so(client, draft):
    answer = client.get("/programas/POR-IDENTIFICAR-1/")

    assert answer.status_code == 200
    assert "no lo nombra" in answer.text


def test_a_program_shows_its_editions_and_practices_over_the_years(client, published):
    shown = client.get("/programas/SISEMH-API/").text

    assert "/reglas/SISEMH-API/2026/?practica=GP-02#practica" in shown
    assert "/reglas/SISEMH-API/2024/?practica=GP-01#practica" in shown
    assert "demostración" in shown


def test_a_recorded_edition_holds_only_what_the_report_states(client, draft):
    shown = client.get("/reglas/COECYTJAL-DD/2024/?practica=GP-02").text

    assert "Solo lo que dice el informe" in shown
    assert shown.count("Adoptada") == 2
    assert shown.count("End of Commitment Report") == 2
    assert client.get("/reglas/COECYTJAL-DD/2024.json").status_code == 404
    assert client.get("/reglas/COECYTJAL-DD/2024.pdf").status_code == 404


@pytest.mark.parametrize(
    "address", ["/reglas/SISEMH-API/2026/", "/reglas/SISEMH-API/2026.json", "/reglas/SISEMH-API/2026.pdf"]
)
def test_a_draft_does_not_exist_for_anybody_here(client, draft, address):
    assert client.get(address).status_code == 404
    client.force_login(people_of(draft).editor)
    assert client.get(address).status_code == 404


def test_a_published_edition_shows_text_data_citation_and_mark(client, published):
    shown = client.get("/reglas/SISEMH-API/2026/").text

    assert "tomo CDX, número 12, sección III" in shown
    assert published.publications.get().sha256 in shown
    assert "demostración" in shown
    assert "10 días hábiles" in shown
    assert "[[" not in shown
    assert "<mark>" not in shown
    assert "Acta constitutiva" in shown


def test_the_clause_that_proves_a_practice_is_highlighted(client, published):
    shown = client.get("/reglas/SISEMH-API/2026/?practica=GP-02").text

    assert 'id="practica"' in shown
    assert "<mark>razones </mark><strong><mark>precisas</mark></strong>" in shown


def test_both_stances_and_the_data_are_in_sight_of_the_public(client, published):
    found = published.assessments.get()
    practices.contest(found, note="No dice desde cuándo.", by=people_of(published).assessor)

    shown = client.get("/reglas/SISEMH-API/2026/").text

    assert "Objetada por planeación" in shown
    assert "No dice desde cuándo." in shown
    assert "Plazo de retroalimentación: 10" in shown


def test_spanish_rules_are_marked_as_spanish_on_an_english_page(client, published):
    client.cookies["django_language"] = "en"

    shown = client.get("/reglas/SISEMH-API/2026/").text

    assert '<html lang="en"' in shown
    assert '<section class="rules-section" lang="es">' in shown
    assert "Frozen data (JSON)" in shown
    assert "Criterios" in shown


def test_the_json_is_the_frozen_bytes_exactly(client, published):
    answer = client.get("/reglas/SISEMH-API/2026.json")

    assert answer.content == published.publications.get().snapshot.encode()
    assert hashlib.sha256(answer.content).hexdigest() == published.publications.get().sha256


def test_a_changed_text_is_told(client, published):
    publication = published.publications.get()
    publication.sha256 = "0" * 64

    from programs.published import read

    assert read(publication).is_intact is False


def test_the_booklet_is_asked_for_once_and_then_found(client, published):
    Rendering.objects.filter(kind="booklet").delete()
    assert "Preparar el cuadernillo" in client.get("/reglas/SISEMH-API/2026.pdf").text

    answer = client.post("/reglas/SISEMH-API/2026.pdf")

    assert answer.status_code == 302
    assert client.get("/reglas/SISEMH-API/2026.pdf").status_code == 302
    assert Rendering.objects.filter(kind="booklet").count() == 1


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/programas/", 4),
        ("/programas/SISEMH-API/", 10),
        ("/reglas/SISEMH-API/2026/?practica=GP-02", 12),
        ("/reglas/SISEMH-API/2024/", 5),
        ("/seguimiento/?ejercicio=2026", 15),
    ],
)
def test_a_public_page_keeps_within_its_queries(
    client, published, django_assert_max_num_queries, address, most
):
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


# The checklist of an edition


def test_the_editor_declares_a_practice_in_the_browser(client, draft):
    client.force_login(people_of(draft).editor)
    address = f"/redaccion/{draft.code}/practicas/GP-02/"
    assert 'value="adopted" id="id_verdict_0" checked' in client.get(address).text  # the data show it

    answer = client.post(address, {"verdict": "adopted", "source": "Portal del programa"})

    assert answer.status_code == 302
    assert draft.assessments.get().verdict == "adopted"
    assert "Adoptada" in client.get(f"/redaccion/{draft.code}/practicas/").text


def test_what_was_typed_is_still_there_when_it_is_refused(client, draft):
    client.force_login(people_of(draft).editor)
    typed = {
        "verdict": "adopted",
        "clause": draft.guide.components.get(slug="process").pk,
        "excerpt": "otra cosa",
    }

    answer = client.post(f"/redaccion/{draft.code}/practicas/GP-02/", typed)

    assert answer.status_code == 200
    assert "Estas palabras no están en" in answer.text
    assert ">\notra cosa</textarea>" in answer.text
    assert not draft.assessments.exists()


def test_planning_answers_in_the_browser(client, published):
    client.force_login(people_of(published).assessor)
    address = f"/redaccion/{published.code}/practicas/GP-02/respuesta/"
    assert "razones precisas" in client.get(address).text

    refused = client.post(address, {"stance": "contest", "note": ""})
    assert "Diga por qué objeta el veredicto" in refused.text

    client.post(address, {"stance": "contest", "note": "No dice desde cuándo."})
    assert published.assessments.get().review == "contested"


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("head", 200), ("legal", 403), ("operator", 403)]
)
def test_who_may_see_a_draft_and_not_assess_it_is_told_why(client, draft, who, status):
    client.force_login(getattr(people_of(draft), who))

    assert client.get(f"/redaccion/{draft.code}/practicas/").status_code == 200
    assert client.get(f"/redaccion/{draft.code}/practicas/GP-02/").status_code == status


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MONITORING, Role.REPRESENTATIVE])
def test_the_draft_of_another_agency_does_not_exist(client, draft, role):
    client.force_login(member(role))

    for address in ("practicas/", "practicas/GP-02/", "practicas/GP-02/respuesta/", "practicas/informe/"):
        assert client.get(f"/redaccion/{draft.code}/{address}").status_code == 404


def test_the_checklist_costs_the_same_whatever_is_declared(client, draft, django_assert_max_num_queries):
    client.force_login(people_of(draft).editor)

    with django_assert_max_num_queries(12):
        client.get(f"/redaccion/{draft.code}/practicas/")


def test_the_checklist_costs_planning_the_same_for_one_as_for_three(
    client, draft, django_assert_max_num_queries
):
    publish(draft)
    people = people_of(draft)
    for code in ("GP-01", "GP-02", "GP-10"):
        practices.assess(draft, Practice.objects.get(code=code), "adopted", source="Portal", by=people.editor)
    client.force_login(people.assessor)

    with django_assert_max_num_queries(12):
        shown = client.get(f"/redaccion/{draft.code}/practicas/").text
    assert shown.count("/respuesta/") == 3


# The boards


def test_the_board_shows_the_index_and_where_to_gain(client, draft):
    shown = client.get("/seguimiento/?ejercicio=2024").text

    assert "22 de 55" in shown
    assert "Dónde más se ganaría en armonización" in shown


def test_the_board_narrows_to_an_agency(client, draft):
    assert "9 de 11" in client.get("/seguimiento/?ejercicio=2024&dependencia=SSAS").text
    assert client.get("/seguimiento/?ejercicio=2024&dependencia=NADIE").status_code == 404


def test_my_board_tells_what_waits_for_me(client, published):
    people = people_of(published)
    client.force_login(people.assessor)
    assert f"/redaccion/{published.code}/practicas/" in client.get("/mi/").text

    practices.contest(published.assessments.get(), note="Falta.", by=people.assessor)
    client.force_login(people.editor)
    assert f"/redaccion/{published.code}/practicas/GP-02/" in client.get("/mi/").text


def test_my_board_names_the_signature_that_is_mine(client, draft):
    from tests.factories.programs import send

    send(draft)
    client.force_login(people_of(draft).legal)
    assert draft.code in client.get("/mi/").text

    client.force_login(people_of(draft).budget)
    assert draft.code not in client.get("/mi/").text


def test_my_board_asks_for_a_sign_in(client):
    assert client.get("/mi/").status_code == 302
