"""Each invariant of files and renderings finds what breaks it and names it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.models import Document
from tests.factories.documents import (
    DocumentFactory,
    InfectionFactory,
    RenderingFactory,
    UploadInProgressFactory,
)
from tests.invariants import assert_is_seen, dangling, overwrite, refused

pytestmark = pytest.mark.django_db


def a_file_of_another_size(document):
    same = {"sha256": document.sha256, "storage_key": document.storage_key}
    return DocumentFactory(**same, size=document.size + 1)


def a_rendering_replaced_by_one_of_another_kind(_document):
    return overwrite(RenderingFactory(), superseded_by=RenderingFactory(kind="otro"))


def a_second_current_rendering(_document):
    first = RenderingFactory()
    return RenderingFactory(kind=first.kind, subject_id=first.subject_id)


BROKEN = {
    "documents.files-lie-under-their-hash": lambda one: overwrite(one, storage_key="a/b"),
    "documents.files-of-one-hash-are-of-one-size": a_file_of_another_size,
    "documents.files-are-there": lambda one: overwrite(one, size=1),
    "documents.files-are-intact": lambda one: overwrite(one, sha256="0" * 64),
    "documents.withheld-files-say-what-was-found": lambda one: overwrite(
        one, scan="infected", scanned_at=timezone.now()
    ),
    "documents.files-in-which-something-was-found-are-withheld": lambda one: InfectionFactory(document=one),
    "documents.renderings-are-replaced-by-their-like": a_rendering_replaced_by_one_of_another_kind,
    "documents.renderings-of-a-subject-have-one-current": a_second_current_rendering,
    "documents.rendered-files-are-pdfs-of-a-rendering": lambda one: overwrite(one, origin="rendered"),
    "documents.rendered-files-have-pages": lambda one: RenderingFactory(document=one),
    "documents.uploads-do-not-outlast-their-term": lambda _: UploadInProgressFactory(
        expires_at=timezone.now() - timedelta(days=3)
    ),
    "documents.constraints-hold": lambda one: refused(one, "document_scanned_says_when", scan="clean"),
    "documents.references-lead-somewhere": lambda one: dangling(one, "stored_by"),
}


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_an_invariant_is_seen_and_named(key):
    kept = Document.objects.store(
        name="acta.pdf", content=b"%PDF-1.7", media_type="application/pdf", origin="received"
    )

    assert_is_seen(key, BROKEN[key], kept)


def test_a_file_that_is_gone_is_named():
    assert_is_seen("documents.files-are-there", DocumentFactory)
    assert_is_seen("documents.files-are-intact", DocumentFactory)
