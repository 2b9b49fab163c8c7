"""The harmonization report and the checklist report: what their pages say."""

import io

import pytest
from pypdf import PdfReader

from documents import renderings
from documents.models import Rendering
from programs.actions import practices
from programs.loading import load_reference
from programs.models import GuideEdition, Practice, Program
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, fill, people_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    load_reference()
    edition = EditionFactory(
        program=Program.objects.get(code="SISEMH-API"),
        guide=GuideEdition.objects.get(),
        code="ROP-SISEMH-2026-01",
    )
    return fill(edition)


def text_of(rendering):
    renderings.render(rendering)
    rendering.refresh_from_db()
    with rendering.document.open() as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_report_of_2024_holds_matrix_index_gaps_and_citation(draft):
    rendering = renderings.request("harmonization", 2024)

    text = text_of(rendering)

    assert rendering.is_public
    assert "22 de 55" in text
    assert "5 programas con nombre × 11 prácticas = 55" in text
    assert "GP-02 Retroalimentación a organizaciones no seleccionadas" in text
    assert text.count("End of Commitment Report") == 1
    assert rendering.code in text


def test_the_same_data_are_never_rendered_twice_and_new_data_supersede(draft):
    publish(draft)
    editor = people_of(draft).editor
    first = renderings.request("harmonization", 2026)
    assert renderings.request("harmonization", 2026) == first

    practices.assess(draft, Practice.objects.get(code="GP-01"), "adopted", source="Portal", by=editor)
    second = renderings.request("harmonization", 2026)

    first.refresh_from_db()
    assert first.superseded_by == second


def test_the_checklist_report_says_the_three_voices(draft):
    publish(draft)
    people = people_of(draft)
    found = practices.assess(
        draft, Practice.objects.get(code="GP-01"), "adopted", source="Portal del programa", by=people.editor
    )
    practices.contest(found, note="El portal no dice el teléfono.", by=people.assessor)

    text = text_of(renderings.request("checklist", draft.code))

    assert "Adoptada. Portal del programa" in text
    assert "Los datos la muestran. Contactos del Órgano Interno de Control: 1" in text
    assert "Objetada por planeación: El portal no dice el teléfono." in text


def test_the_checklist_report_of_a_draft_is_for_those_who_read_the_draft(draft):
    rendering = renderings.request("checklist", draft.code)

    assert not rendering.is_public
    assert renderings.visible_to(rendering, people_of(draft).editor)
    assert not renderings.visible_to(rendering, UserFactory())


def test_anybody_asks_for_the_report_and_finds_it(client, draft):
    assert "Preparar el informe" in client.get("/armonizacion/informe/?ejercicio=2024").text

    answer = client.post("/armonizacion/informe/?ejercicio=2024")

    rendering = Rendering.objects.get(kind="harmonization")
    assert (answer.status_code, answer["Location"]) == (302, rendering.get_absolute_url())
    assert rendering.subject_id == "2024"


def test_the_editor_asks_for_the_checklist_report_of_a_draft(client, draft):
    client.force_login(people_of(draft).editor)
    assert "Preparar el informe" in client.get(f"/redaccion/{draft.code}/practicas/informe/").text

    answer = client.post(f"/redaccion/{draft.code}/practicas/informe/")

    assert answer.status_code == 302
    assert Rendering.objects.get(kind="checklist").subject_id == draft.code
