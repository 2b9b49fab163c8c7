"""The booklet: reserved when the edition is published, with all its text and data; read as a reader would."""

import io

import pytest
from pypdf import PdfReader

from documents import renderings
from jobs.models import Job
from programs.models import ComponentText
from programs.pdfs.booklet import booklet_of
from tests.factories.programs import PUBLISHED_AT, EditionFactory, people_of, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = EditionFactory(complete=True, is_demo=True)
    ComponentText.objects.filter(edition=edition, component__slug="beneficiaries").update(
        text="<p>El mínimo es de [[criterios.minimo]] puntos.</p><p>[[requisitos.pago]]</p>"
    )
    publish(edition)
    return edition


def test_publishing_reserves_the_booklet_and_asks_for_it(edition):
    booklet = booklet_of(edition)

    assert (booklet.folio, booklet.is_public, booklet.is_demo) == (edition.code, True, True)
    assert (booklet.issued_at, booklet.requested_by) == (PUBLISHED_AT, people_of(edition).head)
    assert Job.objects.about(booklet.code).count() == 1


def test_asking_again_gives_the_same_booklet(edition):
    assert renderings.request("booklet", edition.code) == booklet_of(edition)


def test_a_draft_has_no_booklet():
    assert booklet_of(EditionFactory(complete=True)) is None


def test_the_booklet_says_the_citation_the_text_and_the_data(edition):
    with renderings.render(booklet_of(edition)).open() as content:
        reader = PdfReader(io.BytesIO(content.read()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert edition.program.name_es in text
    for words in (
        "8 de enero de 2026, tomo CDX, número 12, sección III",
        "El mínimo es de 70 puntos.",
        "Estado de cuenta",
        "$100,000.00",
        "Acta",
        "30 de abril de 2026",
        edition.publications.get().sha256[:20],
        booklet_of(edition).code,
    ):
        assert words in text
    assert "[[" not in text
    assert "emostración" in text


def test_the_booklet_is_tagged_and_names_its_language(edition):
    with renderings.render(booklet_of(edition)).open() as content:
        catalogue = PdfReader(io.BytesIO(content.read())).trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("es")
