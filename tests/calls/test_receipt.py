"""The receipt on paper: what was received, to the second, with the fingerprint of every file."""

import io
import os
from pathlib import Path

import pypdf
import pytest

from accounts.dates import exact
from calls.actions import applications
from documents import renderings
from documents.models import Rendering
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, operator_of, representative_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def received():
    application = ApplicationFactory(submitted=True)
    applications.acknowledge(application)
    return application


def receipt_of(application):
    return Rendering.objects.of("receipt", application.public_id).current().get()


def test_the_receipt_says_folio_second_answers_and_files_with_their_hash(received):
    rendering = receipt_of(received)
    with renderings.render(rendering).open() as file:
        content = file.read()
    if folder := os.environ.get("PICTURES"):
        Path(folder, "receipt.pdf").write_bytes(content)

    text = "".join("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages).split())

    said = [received.folio, exact(received.submitted_at), received.submission.sha256, "Talleres de oficios",
            "Muchas mujeres del municipio no tienen trabajo.", "$80,000.00", rendering.code]  # fmt: skip
    said += [one.document.sha256 for one in received.supplied.select_related("document")]
    assert [words for words in said if "".join(words.split()) not in text] == []


def test_the_receipt_is_read_by_whoever_reads_the_application(received):
    rendering = receipt_of(received)

    for person, reads in [
        (representative_of(received.organization), True), (operator_of(received.call), True),
        (UserFactory(), False),
    ]:  # fmt: skip
        assert renderings.visible_to(rendering, person) is reads


def test_the_receipt_says_the_same_after_a_correction(received):
    first = receipt_of(received)
    prevent_after(received)

    renderings.request("receipt", received.public_id)

    assert receipt_of(received) == first


def prevent_after(application):
    from calls.actions import answers, desk
    from calls.contents import Contents

    question = Contents(application).questions[0]
    defect = desk.DefectFound("incomplete", "Diga cuántas.", question=question)
    desk.prevent(application, [defect], by=operator_of(application.call))
    ana = representative_of(application.organization)
    answers.save_answers(application, {question.key: answers.Typed("Otra cosa")}, by=ana)
