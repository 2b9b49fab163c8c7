"""The whole file of an application as a ZIP: what is in it, that its hashes hold, and who may take it."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import TrailEntry
from calls.actions import applications, documents
from calls.contents import Contents
from calls.models import Application, SuppliedDocument
from documents import archive, renderings
from documents.models import Rendering
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    drafter_of,
    operator_of,
    pdf_file,
    prevent,
    representative_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def received():
    return ApplicationFactory(submitted=True)


def ask(client, application, user):
    client.force_login(user)
    return client.post(reverse("calls:application_zip", args=[application.public_id]))


def taken(client, application, user=None):
    answer = ask(client, application, user or representative_of(application.organization))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_what_was_received_with_an_index_and_hashes_that_hold(client, received):
    archive = taken(client, received)

    assert archive.testzip() is None
    sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(archive.namelist()) - {"indice.csv", "SHA256SUMS", "LEAME.txt"}
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums} == sums
    rows = list(csv.DictReader(io.StringIO(archive.read("indice.csv").decode("utf-8-sig"))))
    assert {row["Archivo"]: row["SHA-256"] for row in rows} == sums
    supplied = SuppliedDocument.objects.filter(application=received, replaced_at=None)
    assert {one.document.sha256 for one in supplied} < set(sums.values())


def test_the_sealed_application_is_that_of_the_receipt(client, received):
    archive = taken(client, received)

    assert archive.read("solicitud.json").decode() == received.submission.snapshot
    assert received.submission.sha256 in archive.read("LEAME.txt").decode()


def test_what_a_correction_replaced_stays_apart_and_what_a_draft_threw_away_is_not_there(client):
    application = ApplicationFactory(complete=True)
    person = representative_of(application.organization)
    requirement = Contents(application).requirements[0]
    thrown_away = SuppliedDocument.objects.get(application=application, requirement=requirement).document
    documents.supply(application, requirement, pdf_file("bueno.pdf", "dos"), by=person)
    prevent(application)
    documents.supply(application, requirement, pdf_file("mejor.pdf", "tres"), by=person)

    names = taken(client, Application.objects.get(pk=application.pk)).namelist()

    assert [name for name in names if name.endswith("-bueno.pdf")] == ["documentos/anteriores/01-bueno.pdf"]
    assert [name for name in names if name.endswith("-mejor.pdf")] == ["documentos/02-mejor.pdf"]
    assert not any(name.endswith(f"-{thrown_away.name}") for name in names)


def test_the_papers_of_the_portal_are_those_that_the_reader_may_see(client, received, monkeypatch):
    applications.acknowledge(received)
    receipt = Rendering.objects.of("receipt", received.public_id).get()
    renderings.render(receipt)

    assert f"papeles/01-acuse-{received.folio}.pdf" in taken(client, received).namelist()
    monkeypatch.setattr(renderings, "visible_to", lambda rendering, user: False)
    assert not any(name.startswith("papeles/") for name in taken(client, received).namelist())


def test_equal_files_give_equal_bytes(client, received):
    person = representative_of(received.organization)

    once = b"".join(ask(client, received, person).streaming_content)
    assert b"".join(ask(client, received, person).streaming_content) == once


def test_that_it_was_taken_away_is_in_the_trail(client, received):
    operator = operator_of(received.call)

    taken(client, received, operator)

    entry = TrailEntry.objects.filter(act="application.download").get()
    assert (entry.by, entry.subject_name) == (operator, received.folio)


def test_nobody_else_gets_it_and_asking_changes_nothing(client, received):
    assert ask(client, received, UserFactory()).status_code == 404
    assert not TrailEntry.objects.filter(act="application.download").exists()


def test_there_is_none_before_it_is_sent(client):
    draft = ApplicationFactory(complete=True)

    answer = ask(client, draft, drafter_of(draft.organization))

    assert answer.status_code == 403
    assert "hasta que la solicitud se envíe" in answer.text


def test_the_pages_of_the_receipt_and_of_the_desk_offer_it(client, received):
    address = reverse("calls:application_zip", args=[received.public_id])
    for page, person in (
        ("application_receipt", representative_of(received.organization)),
        ("desk_application", operator_of(received.call)),
    ):
        client.force_login(person)
        assert address in client.get(reverse(f"calls:{page}", args=[received.public_id])).text


def test_no_file_is_held_whole_while_it_is_sent():
    """Each piece leaves before the next one is read."""
    read = []

    def pieces():
        for number in range(50):
            read.append(number)
            yield bytes(1024 * 1024)

    sent = archive.pieces([archive.Entry("grande.bin", timezone.now(), pieces)])
    next(sent)
    assert len(read) == 1
    assert max(len(piece) for piece in sent) < 1.1 * 1024 * 1024
