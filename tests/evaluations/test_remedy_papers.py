"""The receipt and the resolution of a remedy on paper, with the code that proves them."""

import pytest
from pypdf import PdfReader

from documents import renderings
from documents.models import Rendering
from evaluations.actions import remedies
from tests.evaluations.test_remedies import WHY, filed_by_its_organization, studied
from tests.factories.evaluations import evaluation

pytestmark = pytest.mark.django_db


def text_of(rendering):
    with renderings.render(rendering).open() as file:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_receipt_and_resolution_read_as_they_must():
    played = evaluation("release")
    filed = studied(filed_by_its_organization(played.applications[0]), played.head)
    remedies.resolve(filed, by=played.head, outcome="modified", effect="Se corrige el motivo.", **WHY)

    receipt = text_of(Rendering.objects.get(kind="remedy_receipt"))
    resolution = text_of(Rendering.objects.get(kind="remedy_resolution"))

    for words in (filed.folio, "Lo que se presentó", "criterio de diagnóstico", "en plazo"):
        assert words in receipt
    for words in ("Se modifica el resultado", "Se corrige el motivo.", *WHY.values(), "Titular"):
        assert words in resolution
    assert played.head.name not in resolution
    assert Rendering.objects.get(kind="remedy_receipt").code in receipt
