"""What we write in Word comes back as the same draft: the same texts with their tokens, the same rows."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from programs import contents, prose
from programs.actions import blocks, word_imports
from programs.actions.word_imports import Choices
from programs.models import BLOCK_MODELS, ApplicationQuestion, ComponentText, Edition
from programs.word import export, plans, reading, writing
from programs.word.manuscript import Manuscript, Part
from programs.word.placing import Placing
from programs.word.titles import Titles
from tests.factories.programs import EditionFactory, people_of, publish
from tests.factories.words import WordImportFactory

pytestmark = pytest.mark.django_db
TEXT = (
    "<h3>Plazos</h3><p>Hasta el [[calendario.cierre]], con <strong>un mínimo de [[criterios.minimo]]"
    '</strong> puntos.<br>Otra línea &amp; más.</p><ol start="3"><li><p>Primero</p>'
    "<ul><li><p>Dentro</p></li></ul></li>"
    '<li><p>Segundo</p><p>y más</p></li></ol><h4>Detalle</h4><ol type="a"><li><p>Inciso</p></li></ol>'
    "<p>[[requisitos.pago]]</p><table><caption>Montos</caption><thead><tr><th>Rubro</th><th colspan='2'>Tope"
    "</th></tr></thead><tbody><tr><td rowspan='2'>Honorarios</td><td>50 %</td><td><em>x</em></td></tr><tr>"
    "<td>a</td><td><p>uno</p><p>dos</p></td></tr></tbody></table>"
    '<p>Vea <a href="https://demo.example/guia">la guía</a>.</p><p>[[apoyos.proyectos.maximo]]</p>'
)


def normal(html):
    """The text as a tree of what is read: a lone paragraph in an item or a cell is the item itself."""
    tree = lxml_html.fragment_fromstring(prose.clean(html), create_parent="div")
    for node in tree.iter("li", "td", "th"):
        paragraphs = node.findall("p")
        if paragraphs and not (node.text or "").strip():
            paragraphs[0].drop_tag()
    said = lxml_html.tostring(tree, encoding="unicode")
    return re.sub(r"\s+", " ", re.sub(r"\s*(<(?!/?(?:strong|em|a)\b)[^>]+>)\s*", r"\1", said))


def rows_of(edition):
    return {
        model._meta.model_name: [
            (row.key, [one.value_from_object(row) for one in row.data_fields()])
            for row in model.objects.of_draft(edition).order_by("position", "pk")
        ]
        for model in BLOCK_MODELS
    }


def texts_of(edition):
    texts = edition.texts.select_related("component").order_by("component__number")
    return {
        t.component.slug: (normal(t.text) if t.text else "", t.summary, t.not_applicable_reason)
        for t in texts
    }


def brought_in(content, edition):
    """The document read, placed and accepted as the plan proposes."""
    said = json.loads(reading.answer(content))
    plan = plans.make(said, contents.read(edition))
    received = WordImportFactory(edition=edition, plan=json.loads(json.dumps(plan, default=str)))
    choices = Choices(
        places={unit["id"]: unit["slug"] or "leave" for unit in plan["units"]},
        versions={},
        as_rows={table["id"] for table in plan["tables"] if table["model"]},
    )
    return plan, word_imports.accept(received, choices, by=people_of(edition).editor)


@pytest.fixture
def edition():
    edition = EditionFactory(complete=True)
    ComponentText.objects.filter(edition=edition, component__slug="beneficiaries").update(
        text=prose.clean(TEXT), summary="Dicho claro.\nEn dos líneas."
    )
    ComponentText.objects.filter(edition=edition, component__slug="complaints").update(
        text="", not_applicable_reason="No hay."
    )
    asked = {"section": "Proyecto", "label": "Plan firmado", "kind": "file", "file_format": "PDF"}
    blocks.add(ApplicationQuestion, edition, by=people_of(edition).editor, **asked)
    return edition


@pytest.fixture
def empty(edition):
    return EditionFactory(program=edition.program, fiscal_year=2027, guide=edition.guide)


def test_a_draft_comes_back_from_word_as_it_left(edition, empty):
    content = export.of_draft(contents.read(edition), "docx")

    plan, received = brought_in(content, empty)

    assert received.outcome["refused"] == []
    assert {unit["how"] for unit in plan["units"]} == {"exact"}
    assert texts_of(empty) == texts_of(edition)
    assert rows_of(empty) == rows_of(edition)


def test_published_rules_come_back_from_word_as_they_were_published(edition, empty):
    publish(edition)
    edition = Edition.objects.get(pk=edition.pk)

    _plan, received = brought_in(export.of_publication(edition.publications.get(), "docx"), empty)

    assert received.outcome["refused"] == []
    assert texts_of(empty) == texts_of(edition)
    assert rows_of(empty) == rows_of(edition)


def test_a_heading_with_the_title_of_its_own_component_stays_within_it(edition, empty):
    own = ComponentText.objects.get(edition=edition, component__slug="basic-info")
    own.text = f"<p>Uno.</p><h3>3.1 {own.component.title_es}</h3><p>Dos.</p>"
    own.save(update_fields=["text"])

    plan, _received = brought_in(export.of_draft(contents.read(edition), "docx"), empty)

    assert [unit["slug"] for unit in plan["units"]].count("basic-info") == 1
    assert texts_of(empty)["basic-info"] == texts_of(edition)["basic-info"]


def test_bringing_the_same_document_in_again_changes_nothing(edition):
    before = texts_of(edition), rows_of(edition)
    versions = dict(edition.texts.values_list("component__slug", "version"))

    _plan, received = brought_in(export.of_draft(contents.read(edition), "docx"), edition)

    assert (received.outcome["added"], received.outcome["changed"]) == (0, 0)
    assert (texts_of(edition), rows_of(edition)) == before
    assert dict(edition.texts.values_list("component__slug", "version")).keys() == versions.keys()


WORDS = st.text(st.sampled_from("aábcñ é&<>\"'·—1%$"), min_size=1, max_size=12).map(str.strip).filter(bool)
INLINE = st.lists(
    st.tuples(st.sampled_from(["{}", "<strong>{}</strong>", "<em>{}</em>", "{}<br>fin"]), WORDS),
    min_size=1,
    max_size=3,
).map(lambda runs: " ".join(form.format(_escaped(words)) for form, words in runs))
PARAGRAPH = INLINE.map(lambda said: f"<p>{said}</p>")
LIST = st.recursive(
    st.tuples(st.sampled_from(["ul", "ol"]), st.lists(INLINE, min_size=1, max_size=3)).map(
        lambda one: f"<{one[0]}>{''.join(f'<li><p>{said}</p></li>' for said in one[1])}</{one[0]}>"
    ),
    lambda inner: st.tuples(st.sampled_from(["ul", "ol"]), INLINE, inner).map(
        lambda one: f"<{one[0]}><li><p>{one[1]}</p>{one[2]}</li></{one[0]}>"
    ),
    max_leaves=3,
)
TABLE = (
    st.integers(1, 3)
    .flatmap(lambda width: st.lists(st.lists(INLINE, min_size=width, max_size=width), min_size=1, max_size=3))
    .map(
        lambda rows: (
            "<table><thead><tr>"
            + "".join(f"<th>c{place}</th>" for place in range(len(rows[0])))
            + "</tr></thead><tbody>"
            + "".join("<tr>" + "".join(f"<td>{said}</td>" for said in row) + "</tr>" for row in rows)
            + "</tbody></table>"
        )
    )
)
HEADING = st.tuples(st.sampled_from(["h3", "h4"]), WORDS).map(
    lambda one: f"<{one[0]}>{_escaped(one[1])}</{one[0]}>"
)
PROSE = st.lists(st.one_of(PARAGRAPH, LIST, TABLE, HEADING), min_size=1, max_size=5).map("<p>-</p>".join)


def _escaped(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def manuscript_of(html):
    part = Part("objectives", 4, "II", "Objetivos y alcances", "Objetivos", html, [], "", [])
    return Manuscript("X", "T", "A", "", "G", False, datetime(2026, 1, 1, tzinfo=UTC), [part])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROSE)
def test_whatever_text_the_editor_allows_comes_back_the_same(html):
    said = json.loads(reading.answer(writing.write(manuscript_of(prose.clean(html)))))
    pieces = said["pieces"]
    start = next(place for place, one in enumerate(pieces) if one["kind"] == "heading" and one["level"] == 2)
    titles = Titles()
    titles.add("Objetivos", "objectives")
    placing = Placing(titles, is_own=True).place(pieces[start:])
    (unit,) = placing.units
    back = "".join(
        placing.tables[part["table"]]["html"] if "table" in part else part["html"] for part in unit.parts
    )

    assert normal(back) == normal(html)
