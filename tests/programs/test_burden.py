"""What requirements ask of an organization, counted, and beside whom it is shown."""

import pytest
from django.utils import translation

from programs import burden, comparing
from programs.models import Requirement
from tests.factories.programs import EditionFactory, ProgramFactory

STAGE = {"stage": "application"}


@pytest.mark.parametrize(
    ("row", "name", "number"),
    [
        ({"form": "original"}, "originals", 1),
        ({"form": "original", "quantity": 3}, "originals", 3),
        ({"form": "both", "quantity": 2}, "originals", 2),
        ({"form": "both", "quantity": 2}, "copies", 2),
        ({"form": "copy"}, "originals", 0),
        ({"signature": "signature"}, "signatures", 1),
        ({"signature": "initials", "quantity": 2}, "signatures", 2),
        ({"signature": "none"}, "signatures", 0),
        ({"hours": 5}, "hours", 5),
        ({"trips": 2}, "visits", 2),
        ({"delivery": "physical"}, "visits", 1),
        ({"delivery": "physical", "trips": 1}, "visits", 2),
        ({"delivery": "both"}, "visits", 0),
        ({"is_obligatory": False, "hours": 5, "trips": 1, "form": "original"}, "documents", 0),
        ({"is_obligatory": False, "hours": 5}, "hours", 0),
    ],
)
def test_a_document_counts_what_it_asks(row, name, number):
    assert getattr(burden.of([Requirement(**STAGE | row)]), name) == number


def test_documents_for_one_office_and_stage_take_one_visit():
    paper = {"delivery": "physical"}
    rows = [
        Requirement(stage="application", received_by="Oficialía", **paper),
        Requirement(stage="application", received_by="OFICIALIA", **paper),
        Requirement(stage="application", received_by="Tesorería", **paper),
        Requirement(stage="payment", received_by="Oficialía", **paper),
    ]

    assert burden.of(rows).visits == 3


def test_the_line_says_everything_and_what_is_not_known():
    rows = [
        Requirement(form="original", signature="signature", hours=2, **STAGE),
        Requirement(form="copy", quantity=2, delivery="physical", **STAGE),
    ]
    with translation.override("en"):
        found = burden.of(rows)

        assert found.sentence == "2 documents, 1 visit, 1 original, 2 copies, 1 signature, 2 hours"
        assert found.note == "1 document states no hours."


@pytest.mark.django_db
def test_it_stands_beside_the_edition_before_and_the_newest_of_each_other_program():
    program = ProgramFactory()
    before = EditionFactory(program=program, fiscal_year=2025, published=True)
    other = ProgramFactory()
    EditionFactory(program=other, fiscal_year=2025, published=True)
    newest = EditionFactory(program=other, fiscal_year=2026, published=True)
    EditionFactory(complete=True)
    draft = EditionFactory(program=program, fiscal_year=2026, complete=True)

    rows = list(Requirement.objects.of_draft(draft))
    found = burden.beside(draft, rows, comparing.choices(draft).all)

    assert [(one.edition, one.is_own, one.is_last_year) for one in found] == [
        (draft, True, False), (before, False, True), (newest, False, False),
    ]  # fmt: skip
    assert [one.burden.documents for one in found] == [4, 4, 4]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_two_queries_however_many_programs_there_are(count, django_assert_num_queries):
    for _number in range(count):
        EditionFactory(published=True)
    draft = EditionFactory(complete=True)
    draft.program.agency.acronym  # noqa: B018 -- read before the queries are counted

    with django_assert_num_queries(2):
        assert len([one.label for one in burden.beside(draft, [], comparing.choices(draft).all)]) == count + 1
