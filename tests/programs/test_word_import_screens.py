"""Bringing a Word file into a draft as people do: upload, report, decision, what was written."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import TrailEntry
from documents.models import Document
from jobs.models import Job
from programs import contents
from programs.actions import drafting, word_imports
from programs.models import (
    ComponentText,
    Criterion,
    CriterionLevel,
    GuideSection,
    Milestone,
    Requirement,
    WordImport,
)
from programs.models.guide import Component
from programs.word import export
from tests.factories.accounts import UserFactory
from tests.factories.blocks import RequirementFactory
from tests.factories.programs import EditionFactory, people_of
from tests.factories.words import WordImportFactory, p, raw, relation, rules, saved

pytestmark = pytest.mark.django_db

TITLES = {
    "legal-basis": "Fundamentación y motivación jurídica",
    "basic-info": "Información básica",
    "benefits": "Características de los apoyos",
    "beneficiaries": "Selección de beneficiarias: elegibilidad, requisitos, criterios",
    "process": "Procesos de operación",
    "dissemination": "Transparencia y difusión",
    "complaints": "Quejas y denuncias",
    "control-participation": "Control y participación ciudadana",
}
REQUIREMENTS = [
    ["Documento", "Etapa", "Entrega", "Original o copia", "Color"],
    ["Acta constitutiva", "Solicitud", "Electrónica", "Copia", "azul"],
    ["Estado de cuenta", "Solicitud de pago", "Por paloma mensajera", "Copia", ""],
]
CRITERIA = [
    ["Criterio de evaluación", "Nivel", "Puntos", "Qué se necesita"],
    ["Diagnóstico", "Ausente", "0", "No lo hay."],
    ["Diagnóstico", "Completo", "40", "Con datos."],
    ["Desigualdad", "Completo", "60 puntos", "La reduce."],
]
SCHEDULE = [
    ["Hito", "Responsable", "Fecha"],
    ["Publicación de la convocatoria", "Dependencia", "2 de marzo de 2026"],
    ["Cierre de recepción de solicitudes", "Dependencia", "31/03/2026"],
]


@pytest.fixture
def edition():
    edition = EditionFactory()
    for slug, title in TITLES.items():
        Component.objects.filter(slug=slug).update(title_es=title)
    Component.objects.filter(slug="control-participation").update(
        renamed_from="Control y rendición de cuentas"
    )
    GuideSection.objects.filter(numeral="III").update(title_es="Operación y gestión")
    return edition


@pytest.fixture
def editor(client, edition):
    person = people_of(edition).editor
    client.force_login(person)
    return person


def upload(content, name="Reglas 2025.docx"):
    return SimpleUploadedFile(name, content)


def page(edition):
    return f"/redaccion/{edition.code}/importar/"


def received(client, edition, content):
    """Uploaded and read, as its job does."""
    client.post(page(edition), {"file": upload(content)})
    found = WordImport.objects.latest("pk")
    return word_imports.read(found)


def received_before(edition, content):
    """Kept by a portal that refused less, and read now."""
    kept = Document.objects.store(
        name="reglas.docx", content=content, media_type="", origin=Document.Origin.RECEIVED
    )
    return word_imports.read(WordImportFactory(edition=edition, document=kept))


def accepted(client, found, **changed):
    """The report sent as it came, but for what is changed."""
    form = client.get(found.get_absolute_url()).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | changed
    return client.post(found.get_absolute_url(), data)


def text_of(edition, slug):
    return ComponentText.objects.get(edition=edition, component__slug=slug).text


def test_a_document_is_received_kept_and_asked_to_be_read(client, edition, editor):
    answer = client.post(page(edition), {"file": upload(saved(rules()))})

    found = WordImport.objects.get()
    assert answer.headers["Location"] == found.get_absolute_url()
    assert (found.document.origin, found.requested_by) == (Document.Origin.RECEIVED, editor)
    assert Job.objects.about(found.public_id).get().task == "programs.read_word"
    assert TrailEntry.objects.filter(act="edition.start_import").count() == 1
    assert "Leer el documento de Word" in client.get(found.get_absolute_url()).text


def test_the_same_press_twice_receives_it_once(client, edition, editor):
    for _time in range(2):
        client.post(page(edition), {"file": upload(saved(rules())), "idempotency_key": "una-vez"})

    assert WordImport.objects.count() == 1


def test_a_hostile_file_is_answered_beside_the_field(client, edition, editor):
    answer = client.post(page(edition), {"file": upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))})

    assert answer.status_code == 200
    assert "documento antiguo de Word" in answer.text
    assert WordImport.objects.count() == 0


def test_components_are_recognised_whatever_their_number_accents_and_small_differences(
    client, edition, editor
):
    content = saved(
        rules(
            sections={
                "III. Operación y gestión": [],
                "7.- INFORMACION BASICA": ["Uno."],
                "Capítulo 12. Caracteristicas de los apoyos": ["Dos."],
                "IV) Selección de beneficiarias": ["Tres."],
                "Control y rendición de cuentas": ["Cuatro."],
                "Transparencia y la difusión": ["Cinco."],
                "Disposiciones transitorias": ["Seis."],
            }
        )
    )

    plan = received(client, edition, content).plan

    assert [(unit["slug"], unit["how"]) for unit in plan["units"]] == [
        ("", "none"), ("basic-info", "exact"), ("benefits", "exact"), ("beneficiaries", "exact"),
        ("control-participation", "exact"), ("dissemination", "similar"), ("", "none"),
    ]  # fmt: skip
    assert plan["sections"] == ["III. Operación y gestión"]


def test_the_report_says_where_everything_goes_and_asks_for_what_it_did_not_recognise(
    client, edition, editor
):
    content = saved(rules(sections={"Quejas y denuncias": ["Ante el OIC."], "Transitorios": ["Único."]}))
    found = received(client, edition, content)

    shown = client.get(found.get_absolute_url()).text
    refused = client.post(found.get_absolute_url(), {"mode": "replace", "place_1": "complaints"})

    assert "1 de 3 partes encontraron su componente" in shown
    assert "Sin reconocer" in shown
    assert refused.status_code == 200
    assert "Elija un componente o déjelo fuera." in refused.text
    assert text_of(edition, "complaints") == ""


def test_accepting_writes_texts_and_says_what_was_left_out(client, edition, editor):
    content = saved(rules(sections={"Quejas y denuncias": ["Ante el OIC."], "Transitorios": ["Único."]}))
    found = received(client, edition, content)

    accepted(client, found, place_0="leave", place_2="control-participation")

    assert text_of(edition, "complaints") == "<p>Ante el OIC.</p>"
    assert text_of(edition, "control-participation") == "<p>Único.</p>"
    shown = client.get(found.get_absolute_url()).text
    assert "Lo que se decidió dejar fuera" in shown
    assert TrailEntry.objects.get(act="edition.accept_import").by == editor


def test_the_text_that_was_there_is_kept_as_a_version(client, edition, editor):
    text = ComponentText.objects.get(edition=edition, component__slug="complaints")
    drafting.save_text(text, html="<p>Lo de antes.</p>", version=0, by=editor)
    found = received(client, edition, saved(rules(sections={"Quejas y denuncias": ["Lo nuevo."]})))

    accepted(client, found, place_0="leave")

    assert text_of(edition, "complaints") == "<p>Lo nuevo.</p>"
    assert list(text.versions.values_list("html", "origin")) == [
        ("<p>Lo nuevo.</p>", "imported"), ("<p>Lo de antes.</p>", "typed"),
    ]  # fmt: skip


def test_the_text_may_be_added_after_the_one_that_is_there(client, edition, editor):
    text = ComponentText.objects.get(edition=edition, component__slug="complaints")
    drafting.save_text(text, html="<p>Lo de antes.</p>", version=0, by=editor)
    found = received(client, edition, saved(rules(sections={"Quejas y denuncias": ["Lo nuevo."]})))

    accepted(client, found, place_0="leave", mode="append")

    assert text_of(edition, "complaints") == "<p>Lo de antes.</p><p>Lo nuevo.</p>"


def test_a_text_saved_while_the_report_was_read_is_not_written_over(client, edition, editor):
    found = received(client, edition, saved(rules(sections={"Quejas y denuncias": ["Lo nuevo."]})))
    form = client.get(found.get_absolute_url()).context["form"]
    text = ComponentText.objects.get(edition=edition, component__slug="complaints")
    drafting.save_text(text, html="<p>Mientras tanto.</p>", version=0, by=editor)

    answer = client.post(
        found.get_absolute_url(),
        {name: form[name].value() or "" for name in form.fields} | {"place_0": "leave"},
    )

    assert "se guardó mientras tanto" in answer.text
    assert text_of(edition, "complaints") == "<p>Mientras tanto.</p>"
    found.refresh_from_db()
    assert not found.is_accepted


def test_accepting_twice_writes_once(client, edition, editor):
    found = received(client, edition, saved(rules(sections={"Quejas y denuncias": ["Lo nuevo."]})))

    accepted(client, found, place_0="leave", mode="append")
    client.post(found.get_absolute_url(), {"mode": "append", "place_0": "leave", "place_1": "complaints"})

    assert text_of(edition, "complaints") == "<p>Lo nuevo.</p>"
    assert TrailEntry.objects.filter(act="edition.accept_import").count() == 1


def test_a_table_of_requirements_becomes_rows_and_what_is_no_row_stays_in_the_text(client, edition, editor):
    found = received(client, edition, saved(rules(tables=[(TITLES["beneficiaries"], REQUIREMENTS)])))

    shown = client.get(found.get_absolute_url()).text
    accepted(client, found, place_0="leave")

    assert "Datos reconocidos: Requisitos" in shown
    assert "«Por paloma mensajera» no es un valor para: Entrega." in shown
    assert "Columnas que ningún campo de los datos recibe" in shown
    row = Requirement.objects.of_draft(edition).get()
    assert (row.name, row.stage, row.delivery, row.form) == (
        "Acta constitutiva", "application", "electronic", "copy",
    )  # fmt: skip
    assert "Por paloma mensajera" in text_of(edition, "beneficiaries")


def test_what_is_left_out_is_left_out_with_its_data(client, edition, editor):
    found = received(client, edition, saved(rules(tables=[(TITLES["beneficiaries"], REQUIREMENTS)])))
    (unit,) = [one for one in found.plan["units"] if one["slug"] == "beneficiaries"]

    accepted(client, found, **{f"place_{one['id']}": "leave" for one in found.plan["units"]})

    assert unit["parts"] != []
    assert Requirement.objects.of_draft(edition).count() == 0
    assert text_of(edition, "beneficiaries") == ""


def test_a_column_that_no_field_holds_is_not_lost(client, edition, editor):
    found = received(client, edition, saved(rules(tables=[(TITLES["beneficiaries"], REQUIREMENTS)])))

    accepted(client, found, place_0="leave")

    assert "azul" in text_of(edition, "beneficiaries")


def test_a_table_of_levels_brings_its_criteria(client, edition, editor):
    found = received(client, edition, saved(rules(tables=[(TITLES["beneficiaries"], CRITERIA)])))

    accepted(client, found, place_0="leave")

    assert list(Criterion.objects.of_draft(edition).values_list("key", "name", "weight")) == [
        ("diagnostico", "Diagnóstico", 40), ("desigualdad", "Desigualdad", 60),
    ]  # fmt: skip
    assert list(CriterionLevel.objects.of_draft(edition).values_list("criterion_key", "points", "label")) == [
        ("diagnostico", 0, "Ausente"), ("diagnostico", 40, "Completo"), ("desigualdad", 60, "Completo"),
    ]  # fmt: skip


def test_a_schedule_becomes_milestones(client, edition, editor):
    found = received(client, edition, saved(rules(tables=[(TITLES["process"], SCHEDULE)])))

    accepted(client, found, place_0="leave")

    rows = Milestone.objects.of_draft(edition).values_list("key", "code", "side", "on")
    assert [(key, code, side, str(on)) for key, code, side, on in rows] == [
        ("call_issued", "call_issued", "agency", "2026-03-02"),
        ("call_closed", "call_closed", "agency", "2026-03-31"),
    ]


def test_what_every_row_lacks_is_asked_once_for_all(client, edition, editor):
    bare = [row[:1] + row[2:4] for row in REQUIREMENTS[:2]]
    found = received(client, edition, saved(rules(tables=[(TITLES["beneficiaries"], bare)])))

    refused = accepted(client, found, place_0="leave")
    accepted(client, found, place_0="leave", fill_0_stage="payment")

    assert "Sus filas lo necesitan" in refused.text
    assert Requirement.objects.of_draft(edition).get().stage == "payment"


def test_a_table_kept_as_text_stays_a_table(client, edition, editor):
    found = received(client, edition, saved(rules(tables=[(TITLES["process"], SCHEDULE)])))

    accepted(client, found, place_0="leave", table_0="prose")

    assert Milestone.objects.of_draft(edition).count() == 0
    assert '<th scope="col">Hito</th>' in text_of(edition, "process")


def test_our_own_word_changed_by_a_person_changes_the_row_and_no_other_field(client, edition, editor):
    RequirementFactory(
        edition=edition, key="acta", name="Acta", stage="application", detail="Con sello", quantity=1
    )
    content = export.of_draft(contents.read(edition), "docx")
    changed = _with(content, ">Acta<", ">Acta constitutiva<")

    accepted(client, received(client, edition, changed))

    row = Requirement.objects.of_draft(edition).get()
    assert (row.key, row.name, row.detail, row.quantity) == ("acta", "Acta constitutiva", "Con sello", 1)


def _with(content, old, new):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as other:
        for name in package.namelist():
            said = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in said
                said = said.replace(old.encode(), new.encode())
            other.writestr(name, said)
    return out.getvalue()


CORPUS = [
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "=cmd|'/c calc'!A1",
    "javascript:alert(1)", "&lt;svg onload=alert(1)&gt;", "&quot;&gt;&lt;iframe src=//x&gt;",
]  # fmt: skip


def test_scripts_formulas_and_addresses_reach_no_page(client, edition, editor):
    links = "".join(
        relation("hyperlink", address, f"rL{place}", external=True)
        for place, address in enumerate(["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
    )
    body = p("Quejas y denuncias", extra='<w:outlineLvl w:val="0"/>')
    body += "".join(p(f"<w:r><w:t>{one}</w:t></w:r>") for one in CORPUS)
    body += "".join(
        p(f"<w:hyperlink r:id='rL{place}'><w:r><w:t>liga {place}</w:t></w:r></w:hyperlink>")
        for place in range(3)
    )
    found = received_before(edition, raw(body, relations=links))

    report = client.get(found.get_absolute_url()).text
    accepted(client, found)
    text = text_of(edition, "complaints")

    for page_or_text in (report, text):
        assert "<script>alert" not in page_or_text
        assert "<img" not in page_or_text.replace('<img class="', "")
        assert "file:///" not in page_or_text
        assert 'href="javascript' not in page_or_text
        assert 'href="data' not in page_or_text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    preview = client.get(f"/redaccion/{edition.code}/vista-previa/")
    assert preview.status_code == 200


@pytest.mark.parametrize("role", ["legal", "operator", "head"])
def test_whoever_may_only_read_the_draft_is_told_why_not(client, edition, role):
    client.force_login(getattr(people_of(edition), role))

    assert client.get(page(edition)).status_code == 403
    assert client.post(page(edition), {"file": upload(saved(rules()))}).status_code == 403


def test_for_a_stranger_there_is_no_draft(client, edition):
    client.force_login(UserFactory())

    assert client.get(page(edition)).status_code == 404


def test_the_import_of_another_edition_is_not_found(client, edition, editor):
    found = received(client, edition, saved(rules()))
    other = EditionFactory(program=edition.program, fiscal_year=2030, guide=edition.guide)

    assert client.get(f"/redaccion/{other.code}/importar/{found.public_id}/").status_code == 404


def test_an_edition_in_sign_off_takes_nothing_in(client, edition, editor):
    found = received(client, edition, saved(rules(sections={"Quejas y denuncias": ["Lo nuevo."]})))
    edition.__class__.objects.filter(pk=edition.pk).update(
        state="signoff", sent_at="2026-01-01T00:00Z", sent_by=editor
    )

    assert client.post(found.get_absolute_url(), {"place_1": "complaints"}).status_code == 403
    assert text_of(edition, "complaints") == ""


@pytest.mark.parametrize("count", [1, 30])
def test_the_report_costs_the_same_for_one_component_as_for_many(
    client, edition, editor, count, django_assert_max_num_queries
):
    sections = {f"Apartado {number}": ["Texto."] for number in range(count)}
    found = received(client, edition, saved(rules(sections=sections, tables=[(TITLES["process"], SCHEDULE)])))

    with django_assert_max_num_queries(12):
        assert client.get(found.get_absolute_url()).status_code == 200


def starting(edition, word):
    return {
        "program": edition.program.pk, "fiscal_year": 2031, "guide": edition.guide.pk, "word": upload(word),
    }  # fmt: skip


def test_a_new_edition_may_begin_with_a_word_document(client, edition, editor):
    answer = client.post("/redaccion/nueva/", starting(edition, saved(rules())))

    found = WordImport.objects.get()
    assert answer.headers["Location"] == found.get_absolute_url()
    assert found.edition.fiscal_year == 2031


def test_a_refused_document_starts_no_edition(client, edition, editor):
    answer = client.post("/redaccion/nueva/", starting(edition, b"no soy Word"))

    assert "El archivo dice ser DOCX, pero su contenido no lo es." in answer.text
    assert not type(edition).objects.filter(fiscal_year=2031).exists()
