"""Hostile words in every text that people write: on every page, sheet, feed, letter and PDF (S9)."""

import csv
import io
import json
import re
import zipfile

import openpyxl
import pikepdf
import pytest
import tinyhtml5
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts import notices
from accounts.models import Notice
from documents import pdf, renderings
from documents.sheets import FORMULA, NUMBER
from evaluations.models import Promotion, RemedyRequest, Session
from tests.everywhere import poison
from tests.everywhere.roles import person_of
from tests.everywhere.test_access import ADDRESSES
from tests.everywhere.test_budget import NOT_OURS, reader_of
from tests.factories.documents import InfectionFactory, UploadInProgressFactory
from tests.factories.embargoes import EmbargoFactory
from tests.factories.renunciations import PromotionFactory, RenunciationFactory

pytestmark = [
    pytest.mark.whole,
    pytest.mark.xdist_group("demo world"),
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite",
        reason="PostgreSQL keeps texts to their length; what is drawn is the same",
    ),
]


@pytest.fixture(scope="module")
def poisoned(world, samples, client_of, django_db_blocker):
    """The demo world with hostile words wherever somebody wrote. Gives the columns they stand in."""
    with django_db_blocker.unblock(), transaction.atomic():
        InfectionFactory()
        UploadInProgressFactory()
        EmbargoFactory(call=samples.past, set_by=person_of("head"))
        RenunciationFactory(application=samples.helped, by=person_of("head"))
        PromotionFactory(ruling=samples.past.rulings.in_rank_order().last(), decided_by=person_of("head"))
        yield poison.poison()
        transaction.set_rollback(True)


# Nothing of the demonstration stands in them, or only marks of the portal
EMPTY = {
    "calls.Extension.authority", "calls.Extension.reason", "calls.Extension.reference", "calls.SetAside.text",
    "evaluations.Divergence.waived_reason",
    "programs.ComponentText.values", "programs.PublishedText.values", "programs.RemovedRow.label",
    "programs.RemovedRow.values", "programs.TextVersion.typed", "programs.TextVersion.values",
    "programs.WordImport.outcome", "programs.WordImport.plan",
}  # fmt: skip


def test_every_text_that_people_write_is_reached(poisoned):
    assert poison.text_columns() - poisoned == EMPTY


# What each kind of answer may not hold -----------------------------------------------------------------


def no_hit_in_page(content):
    tree = tinyhtml5.parse(content.decode())
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        assert tag not in (poison.MARK, "iframe"), tag
        assert not (tag in ("script", "style") and poison.MARK in "".join(element.itertext())), tag
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), f"{tag} {name}={value}"
            assert not (name == "style" and value), f"{tag} {name}={value}"
            assert not is_harmful_address(tag, name, value), f"{tag} {name}={value}"


def is_harmful_address(tag, name, value):
    if name not in ("href", "src", "action", "formaction", "srcset", "poster", "data"):
        return False
    if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE):
        return not (tag == "img" and value.startswith("data:image/"))
    return poison.CANARY in value and tag != "a"


def no_hit_in_csv(content):
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        assert not [cell for cell in row if FORMULA.match(cell) and not NUMBER.match(cell)], row


def no_hit_in_workbook(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def no_hit_in_calendar(content):
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("Bcc", f"SUMMARY:{poison.MARK}"))]
    assert "\n" not in "".join(lines).replace("\\n", "")


def no_hit_in_pdf(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/OpenAction" not in pdf.Root
        actions = [annotation.get("/A", {}) for page in pdf.pages for annotation in page.get("/Annots", [])]
    assert not [action for action in actions if action.get("/S", "/URI") not in ("/URI", "/GoTo")]
    assert not [
        action for action in actions if str(action.get("/URI", "")).startswith(("javascript", "data"))
    ]


def no_hit_in_zip(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    assert not [
        name
        for name in names
        if name.startswith(("/", "\\")) or ".." in name or re.search(r"[\r\n<>:]", name)
    ]


def no_hit_in_word(content):
    """Nothing is fetched when it is opened, and no field runs; a link is only a link."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
    outside = [
        relation
        for name, text in parts.items()
        if name.endswith(".rels")
        for relation in re.findall(r"<Relationship [^>]*>", text)
        if 'TargetMode="External"' in relation
    ]
    assert not [relation for relation in outside if "/hyperlink" not in relation or "javascript:" in relation]
    assert not [name for name, text in parts.items() if f"<{poison.MARK}" in text]
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", parts["word/document.xml"])
    assert not [field for field in fields if poison.MARK in field]


def no_hit_in_openapi(content):
    """It is written from the code alone."""
    assert poison.MARK.encode() not in content


def no_hit_in_json(content):
    json.loads(content)


READERS = {
    "text/html": no_hit_in_page,
    "text/csv": no_hit_in_csv,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": no_hit_in_workbook,
    "text/calendar": no_hit_in_calendar,
    "application/pdf": no_hit_in_pdf,
    "application/zip": no_hit_in_zip,
    "application/json": no_hit_in_json,
    "application/vnd.oai.openapi": no_hit_in_openapi,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": no_hit_in_word,
}


def read(client, address):
    """The response and all its bytes; the limits on how often a visitor may ask start anew."""
    cache.clear()
    response = client.get(address)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in NOT_OURS and reader_of(name)])
@pytest.mark.usefixtures("poisoned")
def test_nothing_hostile_comes_alive(name, client_of, samples):
    address = reverse(name, kwargs=samples.of(name, ADDRESSES[name]))

    response, content = read(client_of(reader_of(name)), address)

    assert response.status_code == 200
    READERS[response["Content-Type"].partition(";")[0]](content)
    assert response["X-Content-Type-Options"] == "nosniff"


KINDS = [
    "announcement", "booklet", "call-poster", "call-schedule", "checklist", "harmonization",
    "promotion_letter", "receipt", "remedy_receipt", "remedy_resolution", "results_list", "ruling_letter",
    "scorecard", "session_minutes",
]  # fmt: skip


def test_every_kind_of_pdf_is_drawn_below():
    assert [kind for kind in sorted(renderings.kinds()) if not kind.startswith("test_")] == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("poisoned")
def test_what_a_pdf_is_drawn_from_fetches_nothing(kind, samples):
    """The page that WeasyPrint gets; drawing the longest with so many words takes minutes."""
    subject = subject_of(kind, samples)

    with translation.override("es-mx"):
        no_hit_in_page(render_to_string(subject.template, shown_by(subject)).encode())


@pytest.mark.usefixtures("poisoned")
def test_a_pdf_runs_nothing(samples, caplog):
    subject = subject_of("receipt", samples)

    content = pdf.render(subject.template, shown_by(subject), title=str(subject.title), language="es-mx")

    no_hit_in_pdf(content)
    assert poison.CANARY not in caplog.text  # the fetcher says what it refuses


def subject_of(kind, samples):
    """What a kind of PDF is about, in the demonstration."""
    about = {
        "booklet": samples.past.publication.code,
        "checklist": samples.past.edition.code,
        "harmonization": samples.past.edition.fiscal_year,
        "promotion_letter": Promotion.objects.get(call=samples.past).ruling.application.folio,
        "receipt": samples.sent.public_id,
        "remedy_receipt": RemedyRequest.objects.get(application=samples.sent).folio,
        "remedy_resolution": RemedyRequest.objects.get(application=samples.sent).folio,
        "ruling_letter": samples.sent.folio,
        "scorecard": samples.sent.folio,
        "session_minutes": Session.objects.get(committee__call=samples.past).folio,
    }
    return renderings.kinds()[kind](str(about.get(kind, samples.past.folio)))


def shown_by(subject):
    """What a PDF shows of its subject, with the proof that every PDF carries."""
    with translation.override("es-mx"):
        shown = subject.context() | {"title": str(subject.title), "language": "es-mx"}
    proof = {
        "code": "AAAA-BBBB-CCCC", "folio": subject.folio, "issued_at": timezone.now(), "is_demo": True,
        "verify_url": "https://armoniza.example/verificar/AAAA-BBBB-CCCC/", "qr": pdf.qr("x"),
        "legend": settings.LEGEND,
    }  # fmt: skip
    return shown | proof


@pytest.mark.usefixtures("poisoned")
def test_a_letter_with_hostile_words_has_one_subject_and_one_reader(mailoutbox):
    somebody = person_of("representative")
    said = poison.HOSTILE

    notices.notify(somebody, kind="test", subject=said, body=said)
    notices.deliver(Notice.objects.filter(to=somebody, kind="test").get())

    (mail,) = mailoutbox
    message = mail.message()
    assert mail.recipients() == [somebody.email]
    assert "\n" not in mail.subject
    assert message.get("Bcc") is None
    assert poison.MARK not in "".join(part.get_content_type() for part in message.walk())
