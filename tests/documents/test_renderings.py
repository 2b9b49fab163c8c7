import io
from datetime import date
from decimal import Decimal

import pikepdf
import pypdf
import pytest
from django.utils.safestring import mark_safe

from documents import canonical, pdf, renderings
from documents.models import Document, Rendering
from jobs import runner
from jobs.models import Job, JobState
from tests.factories.accounts import UserFactory
from tests.kinds import ISSUED

pytestmark = pytest.mark.django_db


def bytes_of(rendering):
    rendering.refresh_from_db()
    with rendering.document.open() as file:
        return file.read()


def text_of(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_the_code_is_reserved_before_anything_is_rendered(sheet):
    sheet("1")

    rendering = renderings.request("test_sheet", "1", at=ISSUED)

    assert len(rendering.code) == 14
    assert (rendering.is_ready, rendering.issued_at, rendering.is_demo) == (False, ISSUED, True)
    assert Job.objects.about(rendering.code).get().state == JobState.QUEUED
    assert Document.objects.count() == 0


def test_the_job_renders_a_tagged_pdf_that_says_what_it_was_asked_to(sheet):
    sheet("1", text="Personas beneficiarias: ñandú, ≤ 30 días")
    rendering = renderings.request("test_sheet", "1", at=ISSUED)

    runner.drain()

    content = bytes_of(rendering)
    text = text_of(content)
    assert "Personas beneficiarias: ñandú, ≤ 30 días" in text
    assert rendering.code in text
    assert f"/verificar/{rendering.code}/" in text.replace("\n", "")
    assert "HOJA-1" in text
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).lower() == "es-mx"
        assert 'pdfuaid:part="1"' in str(opened.open_metadata()) or "pdfuaid" in str(opened.open_metadata())
    assert (rendering.pages, rendering.document.name) == (1, "HOJA-1.pdf")


def test_the_same_content_is_the_same_rendering(sheet):
    sheet("1")
    first = renderings.request("test_sheet", "1", at=ISSUED)

    again = renderings.request("test_sheet", "1", at=ISSUED)

    assert first == again
    assert Job.objects.count() == 1


def test_the_same_content_gives_the_same_bytes(sheet):
    sheet("1", text="Igual siempre.")
    rendering = renderings.request("test_sheet", "1", at=ISSUED)
    context = canonical.thaw(rendering.content)["context"]

    first, _pages = pdf.render_rendering(rendering, "pdf/test_sheet.html", context)
    second, _pages = pdf.render_rendering(rendering, "pdf/test_sheet.html", context)

    assert first == second


def test_newer_content_supersedes_and_the_older_stays(sheet):
    sheet("1", text="Primera versión.")
    first = renderings.request("test_sheet", "1", at=ISSUED)
    sheet("1", text="Segunda versión.")
    second = renderings.request("test_sheet", "1", at=ISSUED)

    runner.drain()

    first.refresh_from_db()
    assert first.superseded_by == second
    assert "Primera" in text_of(bytes_of(first))
    assert "Segunda" in text_of(bytes_of(second))
    assert Rendering.objects.of("test_sheet", "1").current().get() == second


def test_what_was_reserved_is_what_is_rendered_even_if_the_data_moved_on(sheet):
    written = sheet("1", text="Lo que se firmó.")
    rendering = renderings.request("test_sheet", "1", at=ISSUED)
    written.text = "Lo que cambió después."

    runner.drain()

    assert "Lo que se firmó." in text_of(bytes_of(rendering))


def test_rendering_twice_keeps_one_document(sheet):
    sheet("1")
    rendering = renderings.request("test_sheet", "1", at=ISSUED)
    runner.drain()
    rendering.refresh_from_db()

    renderings.render(rendering)
    renderings.render(Rendering.objects.get(pk=rendering.pk))

    assert Document.objects.count() == 1


def test_a_document_keeps_who_asked_for_it(sheet):
    sheet("1")
    ana = UserFactory()

    rendering = renderings.request("test_sheet", "1", by=ana, at=ISSUED)

    assert rendering.requested_by == ana
    assert renderings.job_of(rendering).requested_by == ana


@pytest.mark.parametrize(
    "value",
    [
        {"amount": Decimal("490000.00"), "day": date(2025, 3, 2), "moment": ISSUED},
        {"list": [1, True, None, "ñ", 2.5]},
        {"markup": mark_safe("<p>Texto <b>revisado</b></p>")},
    ],
)
def test_canonical_text_comes_back_as_it_was(value):
    back = canonical.thaw(canonical.freeze(value))

    assert back == value
    assert [type(v) for v in back.values()] == [type(v) for v in value.values()]


def test_the_order_of_names_does_not_matter():
    assert canonical.freeze({"b": 1, "a": 2}) == canonical.freeze({"a": 2, "b": 1})


@pytest.mark.parametrize("value", [{"user": object()}, {"$html": "<script>"}, {"set": {1}}])
def test_only_plain_values_have_a_canonical_text(value):
    with pytest.raises(canonical.NotPlain):
        canonical.freeze(value)
