"""What nobody should send: each hostile file is refused with words that say what to do, or reads as text."""

import io
import json
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import bounded
from documents.inspection import FileRefused
from jobs.models import Job
from jobs.running import JobFailed
from programs.actions import word_imports
from programs.models import WordImport
from programs.word import opening, reading
from tests.factories.programs import EditionFactory, people_of
from tests.factories.words import WORD, p, raw, relation

LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ja">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.replace("&a0;", "&a;") for n in range(1, 10))
    + "]>"
)
EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def upload(content, name="reglas.docx"):
    return SimpleUploadedFile(name, content)


def zipped(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return file.getvalue()


def with_extra(content, name, extra):
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, extra)
    return file.getvalue()


def without_body(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return zipped(
            [(name, package.read(name).replace(b"w:body", b"w:bode")) for name in package.namelist()]
        )


GOOD = raw(p("Texto"))
REFUSED = {
    "an old .doc renamed": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "antiguo"),
    "one with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 9, "contraseña"),
    "a zip bomb": (with_extra(GOOD, "word/media/bomba.xml", b"0" * 150_000_000), "desempacado"),
    "macros": (with_extra(GOOD, "word/vbaProject.bin", b"x"), "macros"),
    "a .docm renamed": (
        raw(p("x"), main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros",
    ),
    "a part that leaves the package": (with_extra(GOOD, "../../etc/cron.d/x", b"x"), "no es un documento"),
    "an absolute part": (with_extra(GOOD, "/etc/passwd", b"x"), "no es un documento"),
    "a spreadsheet": (
        raw("", main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "Excel",
    ),
    "a template": (raw("", main=f"{WORD}.template.main+xml"), "ZIP"),
    "any zip": (zipped([("a.txt", b"hola")]), "ZIP"),
    "a PDF renamed": (b"%PDF-1.7 hola", "PDF"),
    "nothing": (b"", "vacío"),
    "a zip cut short": (GOOD[: len(GOOD) // 2], "dañado"),
    "too many parts": (zipped([(f"{n}.xml", b"") for n in range(5001)]), "desempacado"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_before_anything_is_parsed(case):
    content, words = REFUSED[case]

    with pytest.raises(FileRefused) as refusal:
        opening.check(upload(content))

    assert words in str(refusal.value)


def test_a_good_document_passes():
    assert opening.check(upload(GOOD)) is None


@pytest.mark.parametrize("prologue", [LAUGHS, EXTERNAL, "<!DOCTYPE w SYSTEM 'http://127.0.0.1:9/x.dtd'>"])
def test_a_document_type_is_refused_without_asking_for_anything(prologue):
    begun = time.process_time()

    said = json.loads(reading.answer(raw(p("&a9;") if prologue is LAUGHS else p("x"), prologue=prologue)))

    assert said["refused"] in ("entities", "damaged")  # libxml2 itself stops the entities that multiply
    assert time.process_time() - begun < 2


def test_entities_hidden_in_a_part_beside_the_text_are_refused_too():
    styles = f'<?xml version="1.0"?>{EXTERNAL}<w:styles xmlns:w="x">&x;</w:styles>'

    said = json.loads(
        reading.answer(
            raw(p("x"), parts={"word/styles.xml": styles}, relations=relation("styles", "styles.xml"))
        )
    )

    assert said == {"refused": "entities"}


def test_a_document_nested_without_end_is_refused():
    deep = "<w:sdt><w:sdtContent>" * 5000 + p("x") + "</w:sdtContent></w:sdt>" * 5000

    assert "refused" in json.loads(reading.answer(raw(deep)))


@pytest.mark.parametrize("body", ["<w:p>", "<w:p><w:r></w:p></w:r>", "\x00"])
def test_broken_xml_is_told_as_damage(body):
    assert json.loads(reading.answer(raw(body))) == {"refused": "damaged"}


def test_styles_based_on_each_other_end_somewhere():
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )

    said = json.loads(
        reading.answer(
            raw(
                p("x", style="A"),
                parts={"word/styles.xml": styles},
                relations=relation("styles", "styles.xml"),
            )
        )
    )

    assert said["pieces"][0]["text"] == "x"


def test_a_process_that_asks_for_too_much_memory_is_ended():
    with pytest.raises(bounded.CouldNotRead):
        bounded.run("tests.programs.greedy", b"memory", seconds=5, megabytes=300)


def test_a_process_that_takes_too_long_is_ended():
    with pytest.raises(bounded.CouldNotRead):
        bounded.run("tests.programs.greedy", b"time", seconds=1, megabytes=300)


def test_a_process_that_tries_to_write_a_file_cannot(tmp_path):
    path = tmp_path / "x"

    with pytest.raises(bounded.CouldNotRead):
        bounded.run("tests.programs.greedy", f"file {path}".encode(), seconds=5, megabytes=300)

    assert not path.exists() or path.read_bytes() == b""


def test_what_the_process_apart_answers_is_what_it_read():
    said = json.loads(bounded.run("programs.word.reading", GOOD, seconds=20, megabytes=1024))

    assert said["pieces"][0]["text"] == "Texto"


@pytest.mark.django_db
def test_a_refused_upload_leaves_nothing_behind():
    edition = EditionFactory()

    with pytest.raises(FileRefused):
        word_imports.start(edition, upload(b"no"), by=people_of(edition).editor)

    assert (WordImport.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_document_that_only_the_reader_refuses_says_why_in_its_job():
    edition = EditionFactory()
    received = word_imports.start(edition, upload(without_body(GOOD)), by=people_of(edition).editor)

    with pytest.raises(JobFailed, match="no es un documento"):
        word_imports.read(received)

    received.refresh_from_db()
    assert not received.is_read
