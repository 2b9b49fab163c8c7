"""What is accepted, what is refused, and in which words."""

import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents import intake, storage
from documents.models import Document
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def a_pdf(pages=1, **save):
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(out, **save)
    return out.getvalue()


def an_image(kind="PNG", size=(4, 4)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def an_office_file(kind, members=()):
    """A package with a main part; the members are laid beside it."""
    relation = '<Relationship Id="r1" Type="http://x/officeDocument" Target="main.xml"/>'
    own = [
        ("[Content_Types].xml", f'<Types><Override PartName="/main.xml" ContentType="{kind}"/></Types>'),
        ("_rels/.rels", f"<Relationships>{relation}</Relationships>"),
        ("main.xml", "<main/>"),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in [*own, *members]:
            package.writestr(name, content)
    return out.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


HONEST = {
    "acta.pdf": a_pdf(),
    "LOGO.PNG": an_image(),
    "foto.jpeg": an_image("JPEG"),
    "carta.docx": an_office_file(WORD),
    "presupuesto.xlsx": an_office_file(EXCEL),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_kept_as_it_came(name):
    ana = UserFactory()

    document = intake.accept(upload(name, HONEST[name]), by=ana)

    with document.open() as file:
        assert file.read() == HONEST[name]
    assert (document.size, document.stored_by, document.origin) == (len(HONEST[name]), ana, "received")
    assert storage.is_intact(document)


def test_equal_bytes_are_kept_once():
    first = intake.accept(upload("uno.pdf", HONEST["acta.pdf"]), by=UserFactory())
    second = intake.accept(upload("dos.pdf", HONEST["acta.pdf"]), by=UserFactory())

    assert first.storage_key == second.storage_key
    assert (first.name, second.name) == ("uno.pdf", "dos.pdf")


def test_xml_is_accepted_only_where_it_is_asked_for():
    cfdi = (
        b'<?xml version="1.0" encoding="UTF-8"?><cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4"/>'
    )

    assert intake.check(upload("factura.xml", cfdi), allowed=("xml",)) == "xml"
    with pytest.raises(intake.FileRefused):
        intake.check(upload("factura.xml", cfdi))


HOSTILE = {
    "empty": ("acta.pdf", b"", "vacío"),
    "a program": ("acta.pdf", b"MZ\x90\x00" + b"\x00" * 200, "PDF"),
    "a script": ("acta.pdf", b"#!/bin/sh\nrm -rf /\n", "PDF"),
    "a page": ("acta.pdf", b"<!doctype html><script>alert(1)</script>", "PDF"),
    "an image named pdf": ("acta.pdf", an_image(), "PNG"),
    "a PDF named png": ("logo.png", a_pdf(), "PDF"),
    "a PDF without extension": ("acta", a_pdf(), "extensión"),
    "a double extension": ("acta.pdf.exe", a_pdf(), "EXE"),
    "a ZIP named docx": ("carta.docx", an_office_file("application/zip"), "ZIP"),
    "a Word named xlsx": ("presupuesto.xlsx", an_office_file(WORD), "Word"),
    "a ZIP": ("todo.zip", an_office_file("application/zip"), "no se acepta"),
    "an SVG": ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "no se acepta"),
    "a GIF": ("logo.gif", b"GIF89a" + b"\x00" * 40, "no se acepta"),
    "a broken PDF": ("acta.pdf", b"%PDF-1.7\n" + b"\x00" * 500, "dañado"),
    "a truncated PDF": ("acta.pdf", a_pdf()[:120], "dañado"),
    "a locked PDF": ("acta.pdf", a_pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "contraseña"),
    "a PDF locked for its owner": ("acta.pdf", a_pdf(encryption=pikepdf.Encryption(owner="x")), "contraseña"),
    "a truncated image": ("logo.png", an_image(size=(60, 60))[:70], "dañado"),
    "a broken Word": ("carta.docx", an_office_file(WORD)[:-30], "dañado"),
    "macros": ("carta.docx", an_office_file(WORD, [("word/vbaProject.bin", b"x")]), "macros"),
    "a way out": ("carta.docx", an_office_file(WORD, [("../../etc/cron.d/x", b"x")]), "fuera de él"),
    "a bomb": ("carta.docx", an_office_file(WORD, [("word/a.xml", b"\x00" * 40_000_000)]), "grande"),
    "many members": ("carta.docx", an_office_file(WORD, [(f"{n}", b"") for n in range(5001)]), "grande"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(what):
    name, content, word = HOSTILE[what]

    with pytest.raises(intake.FileRefused) as refusal:
        intake.accept(upload(name, content), by=UserFactory())

    assert word in str(refusal.value)
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>', "DOCTYPE"),
        (b'<?xml version="1.0"?><a><b></a>', "dañado"),
    ],
)
def test_hostile_xml_is_refused(content, word):
    with pytest.raises(intake.FileRefused, match=word):
        intake.check(upload("factura.xml", content), allowed=("xml",))


def test_an_image_that_swells_is_refused():
    picture = an_image(size=(9000, 8000))
    assert len(picture) < 1_000_000

    with pytest.raises(intake.FileRefused, match="megapíxeles"):
        intake.check(upload("mapa.png", picture))


def test_a_file_too_large_says_how_large_it_may_be(settings):
    settings.MAX_FILE_BYTES = 500

    with pytest.raises(intake.FileRefused, match="500"):
        intake.check(upload("acta.pdf", a_pdf(pages=9)))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Documentos\\acta.pdf", "acta.pdf"),
        ("acta\u202efdp.pdf", "actafdp.pdf"),
        ("acta\x00\n.pdf", "acta.pdf"),
        ('<img src="x">.pdf', "img src=-x.pdf"),
        (".pdf", "archivo.pdf"),
        ("a" * 300 + ".pdf", "a" * 110 + ".pdf"),
        ("Acta constitutiva ñ.pdf", "Acta constitutiva ñ.pdf"),
    ],
)
def test_the_name_is_made_safe(name, kept):
    assert intake.safe_name(name, "pdf") == kept


def test_what_was_kept_is_never_rewritten(settings):
    document = intake.accept(upload("acta.pdf", HONEST["acta.pdf"]), by=UserFactory())
    path = settings.MEDIA_ROOT / document.storage_key
    before = path.stat().st_mtime_ns

    intake.accept(upload("otra.pdf", HONEST["acta.pdf"]), by=UserFactory())

    assert path.stat().st_mtime_ns == before
    assert list(path.parent.iterdir()) == [path]


def test_a_changed_or_missing_file_is_seen(settings):
    document = intake.accept(upload("acta.pdf", HONEST["acta.pdf"]), by=UserFactory())
    path = settings.MEDIA_ROOT / document.storage_key

    path.write_bytes(b"otra cosa")
    assert not storage.is_intact(document)

    path.unlink()
    assert not storage.is_intact(document)
