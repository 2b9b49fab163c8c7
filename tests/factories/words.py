"""Word documents as people make them, and as nobody should: built anew for each test."""

import io
import zipfile

import factory
from django.utils import timezone
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from programs.models import WordImport
from tests.factories.accounts import UserFactory
from tests.factories.documents import DocumentFactory
from tests.factories.programs import EditionFactory

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
)
MAIN = f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'


class WordImportFactory(factory.django.DjangoModelFactory):
    """A document received and not read yet."""

    class Meta:
        model = WordImport

    edition = factory.SubFactory(EditionFactory)
    document = factory.SubFactory(DocumentFactory)
    requested_at = factory.LazyFunction(timezone.now)
    requested_by = factory.SubFactory(UserFactory)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def raw(body, *, parts=None, relations="", main=f"{WORD}.document.main+xml", prologue=""):
    """A document of which every byte is ours: ``body`` is the XML inside ``w:body``."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES.format(main=main))
        package.writestr("_rels/.rels", RELATIONS.format(inside=MAIN))
        package.writestr("word/document.xml", document)
        package.writestr("word/_rels/document.xml.rels", RELATIONS.format(inside=relations))
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return file.getvalue()


def p(words, *, style="", extra=""):
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>" if not words.startswith("<") else words
    return f"<w:p><w:pPr>{said}{extra}</w:pPr>{run}</w:p>"


def relation(kind, target, key="rX", external=False):
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def header_of(table):
    """Mark the first row as the header that is repeated on each page."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
    return table


def table(document, rows):
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for place, row in enumerate(rows):
        for column, words in enumerate(row):
            made.cell(place, column).text = words
    return header_of(made)


def rules(*, sections=None, tables=()):
    """Rules as an agency writes them in Word: a cover, titles with numbers of their own, tables."""
    document = Document()
    document.add_heading("Reglas de Operación del Programa de Prueba", 0)
    document.add_paragraph("Con fundamento en lo que aquí se dice.")
    for title, words in (sections or {}).items():
        document.add_heading(title, 1)
        for one in words:
            document.add_paragraph(one)
    for title, rows in tables:
        document.add_heading(title, 1)
        table(document, rows)
    return document
