"""An edition as a Word document: real styles, numbers, lists and tables, the same bytes for the same content.

References and rows of data are marked, so that the document can be read back into the same draft. Pure.
"""

from datetime import UTC

from lxml import etree

from programs.word import ooxml, stock
from programs.word.book import Book
from programs.word.ooxml import BOOKMARK, PACKAGE, R, w
from programs.word.richtext import RichText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
DC, DCTERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def write(manuscript):
    """The bytes of the document."""
    book = Book()
    body = [*_front(book, manuscript), *_contents(book, manuscript)]
    for section in manuscript.sections:
        body += _section(book, section)
    body.append(_page_setup())
    document = w("document", w("body", *body))
    return ooxml.package(_parts(book, document, manuscript))


# What it says


def _front(book, manuscript):
    yield book.paragraph("Subtitle", [book.run(manuscript.agency)])
    if manuscript.unit:
        yield book.paragraph("Subtitle", [book.run(manuscript.unit)])
    yield book.paragraph("Title", [book.run(manuscript.title)])
    for words in _notices(manuscript):
        yield book.paragraph("Notice", [book.run(words)])
    for words in [*manuscript.citation, f"{manuscript.code}. Elaborada con: {manuscript.guide}."]:
        yield book.paragraph("Subtitle", [book.run(words)])


def _notices(manuscript):
    if manuscript.is_demo:
        yield "Demostración: estas Reglas son inventadas para mostrar el portal."
    if manuscript.is_draft:
        yield "Borrador: todavía no se publica."


def _contents(book, manuscript):
    """The contents, each line a link; without page numbers, which only the reader's program knows."""
    lines = []
    for section in manuscript.sections:
        title = f"{section['numeral']}. {section['title']}"
        lines.append(("TOC1", title, _section_mark(section)))
        lines += [("TOC2", f"{part.number}. {part.title}", _part_mark(part)) for part in section["parts"]]
    paragraphs = [
        book.paragraph(style, [book.internal_link(mark, [book.run(title)])]) for style, title, mark in lines
    ]
    if paragraphs:
        first, last = paragraphs[0], paragraphs[-1]
        first[1:1] = [_field("begin"), w("r", _instruction(r'TOC \o "1-2" \n \h \z \u')), _field("separate")]
        last.append(_field("end"))
    return [book.paragraph("ContentsHeading", [book.run("Contenido")]), *paragraphs]


def _section(book, section):
    value = _roman(section["numeral"])
    words = section["title"] if value else f"{section['numeral']}. {section['title']}"
    place = [book.heading_place(0, value)] if value else []
    yield _heading(book, "Heading1", words, _section_mark(section), place)
    for part in section["parts"]:
        yield from _part(book, part)


def _part(book, part):
    yield _heading(book, "Heading2", part.title, _part_mark(part), [book.heading_place(1, part.number)])
    if part.summary:
        yield book.marked("summary", part.slug, _summary(book, part.summary))
    if part.html:
        yield from RichText(book, part.tokens).blocks(part.html)
    if part.reason:
        said = book.paragraph("Normal", [book.run("No aplica: ", bold=True), book.run(part.reason)])
        yield book.marked("reason", part.slug, [said])
    for table in part.tables:
        yield book.marked("table", table.model_name, _data_table(book, table))
        yield book.gap()


def _summary(book, summary):
    lines = [line for line in summary.splitlines() if line.strip()]
    title = book.paragraph("Normal", [book.run("En palabras claras", bold=True)])
    return [title, *[book.paragraph("Normal", [book.run(line)]) for line in lines]]


def _heading(book, style, words, mark, place):
    start, end = book.bookmark(mark)
    return book.paragraph(style, [start, book.run(words), end], *place)


def _data_table(book, table):
    head = book.row(
        [_words_cell(book, "TableHead", [book.run(words)], table) for words in table.headers], is_header=True
    )
    rows = [head, *[_data_row(book, table, row) for row in table.rows]]
    weights = _weights(table)
    return [
        book.paragraph("Caption", [book.run(table.caption)]),
        book.table(rows, len(table.headers), title=table.caption, weights=weights),
    ]


def _data_row(book, table, row):
    start, end = book.marked_row(table.model_name, row)
    cells = []
    for place, (words, is_number) in enumerate(zip(row.cells, table.numbers, strict=True)):
        runs = [book.run(words)] if words else [book.run("—")]
        if place == 0:
            runs = [start, *runs, end]
        cells.append(_words_cell(book, "TableNumber" if is_number else "TableText", runs, table))
    return book.row(cells)


def _words_cell(book, style, runs, table):
    return book.cell([book.paragraph(style, runs)], width=len(table.headers))


def _weights(table):
    """A column is as wide as its longest word at least, and wider the more it says."""
    columns = zip(table.headers, *[row.cells for row in table.rows], strict=True)
    return [_weight(column) for column in columns]


def _weight(column):
    longest_word = max((len(word) for words in column for word in words.split()), default=1)
    longest = max(map(len, column))
    return max(10 * longest_word, 5 * min(longest, 60), 60)


def _section_mark(section):
    return f"{BOOKMARK}section_{section['parts'][0].number}"


def _part_mark(part):
    return f"{BOOKMARK}part_{part.number}"


def _roman(numeral):
    """The value of a numeral; nothing when it is not one."""
    if not numeral or any(letter not in ROMAN for letter in numeral):
        return None
    values = [ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


# The foot of each page, and fields


def _footer(book, manuscript):
    said = [*manuscript.citation, f"SHA-256 {manuscript.sha256}"] if manuscript.sha256 else []
    lines = [book.paragraph("Footer", [book.run(words)]) for words in said]
    state = f"{manuscript.code} · borrador" if manuscript.is_draft else manuscript.code
    state += " · demostración" if manuscript.is_demo else ""
    numbers = [
        book.run(f"{state} · Página "),
        *_number_field("PAGE"),
        book.run(" de "),
        *_number_field("NUMPAGES"),
    ]
    return ooxml.serialize(w("ftr", *lines, book.paragraph("Footer", numbers)))


def _number_field(instruction):
    number = w("r", ooxml.text("1"))
    return [
        _field("begin"),
        w("r", _instruction(f" {instruction} ")),
        _field("separate"),
        number,
        _field("end"),
    ]


def _field(kind):
    return w("r", w("fldChar", fldCharType=kind))


def _instruction(words):
    element = w("instrText")
    element.text = words
    element.set(f"{{{ooxml.XML}}}space", "preserve")
    return element


def _page_setup():
    footer = w("footerReference", type="default")
    footer.set(ooxml.name("r:id"), "rFooter")
    return w(
        "sectPr",
        footer,
        w("pgSz", w=12240, h=15840),
        w("pgMar", top=1440, right=1440, bottom=1440, left=1440, header=720, footer=600, gutter=0),
    )


# The package


def _parts(book, document, manuscript):
    footer = _footer(book, manuscript)
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("rDocument", f"{R}/officeDocument", "word/document.xml"),
            ("rCore", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(manuscript),
        "word/document.xml": ooxml.serialize(document),
        "word/styles.xml": stock.styles(),
        "word/numbering.xml": stock.numbering(book.lists),
        "word/settings.xml": stock.settings(),
        "word/footer1.xml": footer,
        "word/_rels/document.xml.rels": _relations(
            ("rStyles", f"{R}/styles", "styles.xml"),
            ("rNumbering", f"{R}/numbering", "numbering.xml"),
            ("rSettings", f"{R}/settings", "settings.xml"),
            ("rFooter", f"{R}/footer", "footer1.xml"),
            ("rKept", f"{R}/customXml", "../customXml/item1.xml"),
            *[(key, f"{R}/hyperlink", address) for address, key in book.links.items()],
        ),
        "customXml/item1.xml": ooxml.serialize(book.kept()),
    }


def _content_types():
    root = etree.Element(f"{{{PACKAGE}/content-types}}Types", nsmap={None: f"{PACKAGE}/content-types"})
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", rels), ("xml", "application/xml")):
        etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
    for part, kind in (
        ("/word/document.xml", f"{WORDML}.document.main+xml"),
        ("/word/styles.xml", f"{WORDML}.styles+xml"),
        ("/word/numbering.xml", f"{WORDML}.numbering+xml"),
        ("/word/settings.xml", f"{WORDML}.settings+xml"),
        ("/word/footer1.xml", f"{WORDML}.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ):
        etree.SubElement(root, "Override", PartName=part, ContentType=kind)
    return ooxml.serialize(root)


def _relations(*relations):
    space = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for key, kind, target in relations:
        one = etree.SubElement(root, f"{{{space}}}Relationship", Id=key, Type=kind, Target=target)
        if kind.endswith("/hyperlink"):
            one.set("TargetMode", "External")
    return ooxml.serialize(root)


def _core(manuscript):
    space = f"{PACKAGE}/metadata/core-properties"
    root = etree.Element(
        f"{{{space}}}coreProperties", nsmap={"cp": space, "dc": DC, "dcterms": DCTERMS, "xsi": XSI}
    )
    moment = manuscript.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for tag, words in (
        (f"{{{DC}}}title", manuscript.title),
        (f"{{{DC}}}subject", manuscript.code),
        (f"{{{DC}}}creator", manuscript.agency),
        (f"{{{DC}}}language", "es-MX"),
        (f"{{{DCTERMS}}}created", moment),
        (f"{{{DCTERMS}}}modified", moment),
    ):
        one = etree.SubElement(root, tag)
        one.text = ooxml.plain(words)
        if tag.startswith(f"{{{DCTERMS}}}"):
            one.set(f"{{{XSI}}}type", "dcterms:W3CDTF")
    return ooxml.serialize(root)
