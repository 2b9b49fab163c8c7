"""The button that brings a document in, pressed by eight hands at once: it is brought in once."""

import pytest

from accounts.models import TrailEntry
from programs.actions import word_imports
from programs.actions.word_imports import Choices
from programs.models import ComponentText, Contact, WordImport
from tests.factories.programs import EditionFactory, people_of
from tests.factories.words import WordImportFactory
from tests.harness.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROW = {
    "key": "advice-phone", "values": {"purpose": "advice", "channel": "phone", "value": "33 0000 0000"},
    "cells": ["Asesoría", "Teléfono", "33 0000 0000"], "does": "add", "problem": "",
}  # fmt: skip
PLAN = {
    "is_own": False, "notes": [], "sections": [], "skipped": 0,
    "units": [
        {"id": 0, "heading": "Quejas", "slug": "complaints", "how": "exact", "suggestion": "", "reason": "",
         "parts": [{"html": "<p>Ante el OIC.</p>"}, {"table": 0}], "words": 3, "excerpt": ""},
    ],
    "tables": [
        {"id": 0, "html": "<table></table>", "text": "", "model": "contact", "header": ["a", "b", "c"],
         "unread": [], "missing": [], "rows": [ROW]},
    ],
}  # fmt: skip


def test_a_document_is_brought_in_once_whoever_presses():
    edition = EditionFactory()
    editor = people_of(edition).editor
    received = WordImportFactory(edition=edition, plan=PLAN)
    choices = Choices(places={0: "complaints"}, versions={"complaints": 0}, as_rows={0}, mode="append")

    answers = race(
        lambda number: word_imports.accept(
            WordImport.objects.select_related("edition__program__agency").get(pk=received.pk),
            choices,
            by=editor,
        )
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    text = ComponentText.objects.get(edition=edition, component__slug="complaints")
    assert (text.text, text.version) == ("<p>Ante el OIC.</p>", 1)
    assert Contact.objects.of_draft(edition).count() == 1
    assert TrailEntry.objects.filter(act="edition.accept_import").count() == 1
