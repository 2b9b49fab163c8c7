"""What is read of a Word file: headings, numbers, lists, tables, and notes of whatever is none of these."""

import json

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from programs import prose
from programs.word import reading
from tests.factories import words
from tests.factories.words import p, raw, relation, saved

NUMBERING = """<w:numbering xmlns:w="NAMESPACE">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/>
 <w:pStyle w:val="Clausula"/><w:lvlText w:val="%1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>""".replace("NAMESPACE", words.W)
STYLES = f"""<w:styles xmlns:w="{words.W}">
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="heading 2"/><w:basedOn w:val="T1"/></w:style>
<w:style w:type="paragraph" w:styleId="Propio"><w:name w:val="Capítulo propio"/>
 <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Clausula"><w:name w:val="Cláusula"/>
 <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Subcláusula"/><w:basedOn w:val="Clausula"/>
 <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TDC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""


def listed(number, depth=0):
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def read(content):
    return json.loads(reading.answer(content))


def of(body, **options):
    relations = options.pop("relations", "")
    parts = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES} | options.pop("parts", {})
    relations += relation("numbering", "numbering.xml", "n") + relation("styles", "styles.xml", "s")
    return read(raw(body, parts=parts, relations=relations, **options))


def html_of(said):
    return "".join(piece.get("html", "") for piece in said["pieces"])


def test_headings_are_known_by_style_by_outline_and_by_the_style_they_are_based_on():
    said = of(p("Uno", style="T1") + p("Dos", style="T2") + p("Tres", style="Propio") + p("Texto"))

    assert [(one["kind"], one.get("level")) for one in said["pieces"]] == [
        ("heading", 1), ("heading", 2), ("heading", 2), ("prose", None),
    ]  # fmt: skip


def test_nested_lists_keep_their_depth_and_their_kind_of_number():
    said = of(
        p("a", extra=listed(1)) + p("b", extra=listed(1, 1)) + p("c", extra=listed(1, 2))
        + p("d", extra=listed(1, 1)) + p("e", extra=listed(1))
    )  # fmt: skip

    assert prose.clean(html_of(said)) == (
        '<ol><li><p>a</p><ol type="a"><li><p>b</p><ol type="i"><li><p>c</p></li></ol></li>'
        "<li><p>d</p></li></ol></li><li><p>e</p></li></ol>"
    )


def test_a_list_interrupted_by_a_paragraph_goes_on_with_its_number():
    said = of(p("a", extra=listed(1)) + p("en medio") + p("b", extra=listed(1)))

    assert html_of(said) == '<ol><li><p>a</p></li></ol><p>en medio</p><ol start="2"><li><p>b</p></li></ol>'


def test_a_list_may_begin_again_where_it_says():
    said = of(p("a", extra=listed(1)) + p("x") + p("b", extra=listed(4)))

    assert '<ol start="7"><li><p>b</p></li></ol>' in html_of(said)


def test_clauses_numbered_by_their_style_keep_the_number_as_words():
    said = of(
        p("Cuarta", style="Clausula") + p("Primera de ella", style="Sub") + p("Segunda", style="Sub")
        + p("Quinta", style="Clausula") + p("Otra", style="Sub")
    )  # fmt: skip

    assert [piece["text"] for piece in said["pieces"] if piece["text"][:2] in ("4.", "5.")] == [
        "4.1 Primera de ella", "4.2 Segunda", "5.1 Otra",
    ]  # fmt: skip


def test_bullets_within_bullets():
    said = of(p("a", extra=listed(3)) + p("b", extra=listed(3, 1)))

    assert html_of(said) == "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"


def test_bold_italics_links_breaks_and_tabs():
    run = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>fuer</w:t></w:r>"
        "<w:r><w:rPr><w:b w:val='1'/></w:rPr><w:t>te</w:t></w:r>"
        "<w:r><w:t xml:space='preserve'> y </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>suave</w:t></w:r>"
        "<w:r><w:tab/><w:t>uno</w:t><w:br/><w:t>dos</w:t></w:r>"
        "<w:hyperlink r:id='rL'><w:r><w:t> liga</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t> normal</w:t></w:r>"
    )
    said = of(
        p(run), relations=relation("hyperlink", "https://demo.example/?a=1&amp;b=2", "rL", external=True)
    )

    assert prose.clean(html_of(said)) == (
        "<p><strong>fuerte</strong> y <em>suave</em> uno<br>dos"
        '<a href="https://demo.example/?a=1&amp;b=2" rel="noopener noreferrer"> liga</a> normal</p>'
    )


def test_tracked_changes_are_read_as_accepted_and_told():
    run = (
        "<w:r><w:t>Hasta </w:t></w:r><w:del><w:r><w:delText>cinco</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>diez</w:t></w:r></w:ins><w:r><w:t> días</w:t></w:r>"
    )

    said = of(p(run))

    assert said["pieces"][0]["text"] == "Hasta diez días"
    assert [(one["kind"], one["words"]) for one in said["notes"]] == [
        ("removed", "cinco"),
        ("inserted", "diez"),
    ]


def test_footnotes_follow_the_paragraph_that_names_them():
    notes = (
        f'<w:footnotes xmlns:w="{words.W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        "<w:footnote w:id='2'><w:p><w:r><w:t>Ley de prueba.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    run = "<w:r><w:t>Según la ley</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"

    said = of(
        p(run), parts={"word/footnotes.xml": notes}, relations=relation("footnotes", "footnotes.xml", "f")
    )

    assert html_of(said) == "<p>Según la ley (1)</p><p>(1) Ley de prueba.</p>"
    assert [one["kind"] for one in said["notes"]] == ["footnote"]


def test_images_objects_hidden_text_and_comments_are_told_with_their_words():
    run = (
        "<w:r><w:t>Visible</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>oculto</w:t></w:r>"
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Imagen 1' descr='Mapa de Jalisco'/>"
        "</wp:inline></w:drawing></w:r>"
        "<w:r><w:object/></w:r>"
    )
    comments = (
        f"<w:comments xmlns:w='{words.W}'><w:comment w:id='0' w:author='X'>"
        "<w:p><w:r><w:t>¿Y esto?</w:t></w:r></w:p></w:comment></w:comments>"
    )

    said = of(
        p("Título", style="T1") + p(run),
        parts={"word/comments.xml": comments},
        relations=relation("comments", "comments.xml", "c"),
    )

    assert [(one["kind"], one["words"]) for one in said["notes"]] == [
        ("hidden", "oculto"), ("image", "Mapa de Jalisco"), ("object", ""), ("comment", "¿Y esto?"),
    ]  # fmt: skip
    assert said["notes"][1]["where"] == "Título"
    assert "oculto" not in html_of(said)


def test_the_words_of_a_text_box_follow_its_paragraph_once():
    box = "<w:txbxContent><w:p><w:r><w:t>En la caja</w:t></w:r></w:p></w:txbxContent>"
    run = (
        f"<w:r><w:t>Antes</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    said = of(p(run))

    assert html_of(said) == "<p>Antes</p><p>En la caja</p>"
    assert [one["kind"] for one in said["notes"]] == ["box"]


def test_the_table_of_contents_is_known_by_its_field_and_by_its_style():
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Uno 3</w:t></w:r>"
    )
    end = "<w:r><w:t>Dos 4</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"

    said = of(p(field) + p(end) + p("Tres 5", style="TDC1") + p("Texto"))

    assert [one["kind"] for one in said["pieces"]] == ["contents", "contents", "contents", "prose"]


def test_merged_cells_keep_their_spans_and_say_their_words_in_every_row():
    document = Document()
    made = words.table(document, [["Rubro", "Tope", ""], ["Honorarios", "50", "a"], ["", "60", "b"]])
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(1, 0).merge(made.cell(2, 0))

    table = read(saved(document))["pieces"][0]

    assert table["header"] == ["Rubro", "Tope", "Tope"]
    assert table["rows"] == [["Honorarios", "50", "a"], ["Honorarios", "60", "b"]]
    assert prose.clean(f"<table>{table['html']}</table>") == (
        '<table><thead><tr><th scope="col">Rubro</th><th scope="col" colspan="2">Tope</th></tr></thead>'
        '<tbody><tr><td rowspan="2">Honorarios</td><td>50</td><td>a</td></tr>'
        "<tr><td>60</td><td>b</td></tr></tbody></table>"
    )


def test_a_table_in_a_cell_becomes_paragraphs_and_is_told():
    document = Document()
    outer = words.table(document, [["A", "B"], ["uno", "dos"]])
    inner = outer.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "x", "y"

    said = read(saved(document))

    assert "x · y" in said["pieces"][0]["html"]
    assert [one["kind"] for one in said["notes"]] == ["nested_table"]


def test_page_breaks_say_nothing_and_line_breaks_stay():
    document = Document()
    run = document.add_paragraph("uno").add_run()
    run.add_break(WD_BREAK.PAGE)
    run.add_text("dos")
    run.add_break()
    run.add_text("tres")

    assert html_of(read(saved(document))) == "<p>unodos<br>tres</p>"


def test_markup_typed_as_text_stays_text():
    said = of(p("&lt;script&gt;alert(1)&lt;/script&gt; &amp; [[calendario.cierre]]"))

    assert prose.clean(html_of(said)) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; [[calendario.cierre]]</p>"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no soy un zip"])
def test_what_is_no_package_is_refused(content):
    assert read(content) == {"refused": "damaged"}
