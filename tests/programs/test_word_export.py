"""The Rules as Word and HTML: the words and numbers of the PDF and the frozen JSON, with real structure."""

import io
import re
import time
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from lxml import etree
from lxml import html as lxml_html
from pypdf import PdfReader

from accounts.dates import day_in_words
from documents import pesos, renderings
from programs import contents
from programs.models import ComponentText
from programs.pdfs.booklet import booklet_of
from programs.word import export, manuscript, writing
from tests.factories.accounts import UserFactory
from tests.factories.programs import EditionFactory, people_of, publish

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURE = re.compile(r"\$[\d,]+\.\d\d|\d{1,2} de [a-z]+ de \d{4}|\b\d+ %|\b\d+ días \w+")
AMOUNT = re.compile(r"\$[\d,]+\.\d\d")
TEXT = (
    "<h3>Plazos</h3><p>Quien solicita tiene hasta el [[calendario.cierre]], con "
    "<strong>un mínimo de [[criterios.minimo]] puntos</strong> y un monto de [[presupuesto.autorizado]].</p>"
    '<ol start="3"><li>Primero<ul><li>Dentro</li></ul></li><li><p>Segundo</p><p>y más</p></li></ol>'
    "<p>[[requisitos.pago]]</p>"
    "<table><caption>Montos</caption><thead><tr><th>Rubro</th><th colspan='2'>Tope</th></tr></thead>"
    "<tbody><tr><td rowspan='2'>Honorarios</td><td>50 %</td><td>$1,234.50</td></tr>"
    "<tr><td>a</td><td>b</td></tr></tbody></table>"
    '<p>Vea <a href="https://demo.example/guia">la guía</a>.</p>'
)


@pytest.fixture
def edition():
    edition = EditionFactory(complete=True, is_demo=True)
    ComponentText.objects.filter(edition=edition, component__slug="beneficiaries").update(text=TEXT)
    return edition


@pytest.fixture
def published(edition):
    publish(edition)
    return edition


def address(edition, kind):
    return f"/reglas/{edition.program.code}/{edition.fiscal_year}.{kind}"


def body(answer):
    return b"".join(answer.streaming_content)


def words_of_word(content):
    document = Document(io.BytesIO(content))
    paragraphs = document.element.body.iter(f"{W}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def words_of_html(content):
    page = lxml_html.fromstring(content.decode())
    for node in page.iter("style", "td", "th", "p", "li"):
        node.tail = f"\n{node.tail or ''}"
    return page.find("body").text_content()


def words_of_pdf(edition):
    with renderings.render(booklet_of(edition)).open() as content:
        pages = PdfReader(io.BytesIO(content.read())).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


def figures(words):
    return set(FIGURE.findall(" ".join(words.replace("\n", " | ").split())))


def squeezed(words):
    """Without blanks: what reads a PDF puts some of its own between letters."""
    return "".join(words.split())


def figures_of_json(frozen):
    """The amounts and days of the rows, as people read them."""
    for rows in (rows for block in frozen["blocks"].values() for rows in block.values()):
        for row in rows:
            for name in ("authorized", "operating", "minimum", "maximum", "ceiling"):
                if row.get(name):
                    yield pesos.figures(Decimal(row[name]))
            if row.get("on"):
                yield day_in_words(date.fromisoformat(row["on"]))


def test_word_html_json_and_pdf_carry_the_same_numbers(client, published):
    word = figures(words_of_word(body(client.get(address(published, "docx")))))
    html = figures(words_of_html(body(client.get(address(published, "html")))))
    frozen = client.get(address(published, "json")).json()
    pdf = squeezed(words_of_pdf(published))

    assert {"$1,234.50", "$1,000,000.00", "31 de marzo de 2026", "50 %", "8 de enero de 2026"} <= word
    assert word == html
    assert {one for one in html if squeezed(one) not in pdf} == set()
    assert set(AMOUNT.findall(pdf)) == {one for one in html if AMOUNT.fullmatch(one)}
    assert set(figures_of_json(frozen)) - word == set()


def test_every_word_of_the_frozen_text_stands_in_word_and_in_html(client, published):
    frozen = client.get(address(published, "json")).json()
    said = [
        squeezed(words)
        for component in frozen["components"]
        for words in lxml_html.fragment_fromstring(component["resolved"], create_parent="div").itertext()
    ]
    word = squeezed(words_of_word(body(client.get(address(published, "docx")))))
    html = squeezed(words_of_html(body(client.get(address(published, "html")))))

    assert len(said) > 20
    assert [words for words in said if words not in word] == []
    assert [words for words in said if words not in html] == []


def test_word_has_real_headings_lists_and_tables(published):
    content = export.of_publication(published.publications.get(), "docx")
    document = Document(io.BytesIO(content))

    styles = [p.style.name for p in document.paragraphs]
    assert styles.count("Heading 1") == 3
    assert styles.count("Heading 2") == 8
    assert "Heading 3" in styles
    place = next(
        p
        for p in document.element.body.iter(f"{W}p")
        if "Primero" in "".join(t.text for t in p.iter(f"{W}t"))
    )
    number = place.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    numbering = document.part.numbering_part.element
    start = numbering.xpath(f'w:num[@w:numId="{number}"]/w:lvlOverride/w:startOverride/@w:val')
    assert start == ["3"]
    table = next(t for t in document.tables if t.cell(0, 0).text == "Rubro")
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(1, 0).text == table.cell(2, 0).text == "Honorarios"


def test_the_first_row_of_every_table_is_repeated_on_each_page(published):
    document = Document(io.BytesIO(export.of_publication(published.publications.get(), "docx")))

    tables = list(document.element.body.iter(f"{W}tbl"))

    assert len(tables) > 15
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables)


def test_word_says_its_title_language_citation_and_hash(published):
    content = export.of_publication(published.publications.get(), "docx")
    document = Document(io.BytesIO(content))
    footer = "\n".join(p.text for p in document.sections[0].footer.paragraphs)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("word/styles.xml").decode()

    assert document.core_properties.title == manuscript_title(published)
    assert document.core_properties.language == "es-MX"
    assert 'w:lang w:val="es-MX"' in styles
    assert "tomo CDX, número 12, sección III" in footer
    assert published.publications.get().sha256 in footer
    assert published.code in footer


def manuscript_title(edition):
    return f"Reglas de Operación {edition.fiscal_year}: {edition.program.name_es}"


def test_references_are_text_that_remembers_its_token(published):
    document = Document(io.BytesIO(export.of_publication(published.publications.get(), "docx")))

    tags = {
        control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): "".join(t.text for t in control.iter(f"{W}t"))
        for control in document.element.body.iter(f"{W}sdt")
    }

    assert tags["armoniza:ref:calendario.cierre"] == "31 de marzo de 2026"
    assert tags["armoniza:ref:criterios.minimo"] == "70"
    assert tags["armoniza:ref:requisitos.pago"] == "Estado de cuenta"
    assert all(len(tag) <= 64 for tag in tags)


def test_the_same_content_gives_the_same_bytes(published):
    says = contents.read(published, published.publications.get())
    first = writing.write(manuscript.of_publication(published.publications.get(), says))

    assert writing.write(manuscript.of_publication(published.publications.get(), says)) == first


def test_asking_again_neither_reads_nor_writes_the_document_again(
    client, published, django_assert_num_queries
):
    first = client.get(address(published, "docx"))

    with django_assert_num_queries(2):
        again = client.get(address(published, "docx"))

    assert again["ETag"] == first["ETag"]


def test_a_draft_is_marked_as_one_in_word_and_in_html(client, edition):
    client.force_login(people_of(edition).editor)

    word = client.get(f"/redaccion/{edition.code}/borrador.docx")
    page = client.get(f"/redaccion/{edition.code}/borrador.html")

    assert word["Content-Disposition"] == f'attachment; filename="{edition.code}.docx"'
    assert "Borrador: todavía no se publica." in words_of_word(body(word))
    assert "Borrador: todavía no se publica." in words_of_html(body(page))
    assert "Demostración" in words_of_word(export.of_draft(contents.read(edition), "docx"))


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_draft_does_not_exist_for_a_stranger(client, edition, kind):
    client.force_login(UserFactory())

    assert client.get(f"/redaccion/{edition.code}/borrador.{kind}").status_code == 404
    assert client.get(address(edition, kind)).status_code == 404


def test_an_edition_only_recorded_has_no_file(client):
    edition = EditionFactory(state="recorded")

    assert client.get(address(edition, "docx")).status_code == 404


def test_a_component_that_does_not_apply_says_why(edition):
    edition.texts.filter(component__slug="complaints").update(text="", not_applicable_reason="No hay.")

    words = words_of_word(export.of_draft(contents.read(edition), "docx"))

    assert "No aplica: No hay." in words


def test_an_address_that_could_run_something_is_no_link(edition):
    said = '<p><a href="javascript:alert(1)">clic</a> \x07campana</p>'
    edition.texts.filter(component__slug="complaints").update(text=said)

    content = export.of_draft(contents.read(edition), "docx")

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"javascript" not in b"".join(package.read(name) for name in package.namelist())
    assert "clic campana" in words_of_word(content)


def test_every_part_of_the_package_is_well_formed_and_declared(published):
    with zipfile.ZipFile(io.BytesIO(export.of_publication(published.publications.get(), "docx"))) as package:
        types = package.read("[Content_Types].xml").decode()
        for name in package.namelist():
            etree.fromstring(package.read(name))
        declared = re.findall(r'PartName="/([^"]+)"', types)

        assert set(declared) <= set(package.namelist())


def test_a_long_document_is_written_in_less_than_a_second(edition):
    long = "".join(
        f"<h3>Apartado {n}</h3>" + "<p>Texto de la cláusula, con su detalle.</p>" * 12 for n in range(12)
    )
    edition.texts.exclude(component__slug="process").update(text=long)
    says = contents.read(edition)
    begun = time.process_time()

    writing.write(manuscript.of_draft(says))

    assert time.process_time() - begun < 1
