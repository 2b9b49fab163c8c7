"""A draft is shown what a newer Guide changed and moved to it: nothing is dropped, all is to be reviewed."""

import pytest

from accounts.models import TrailEntry
from accounts.verification import differences
from programs import contents, draft_checks, harmony
from programs.actions import (
    comments,
    drafting,
    guide_editions,
    guide_lists,
    guide_moves,
    guide_parts,
    practices,
)
from programs.guide_contents import OF_PRACTICE
from programs.models import Assessment, ComponentText, Contact, MovedPart, Practice
from tests.factories.accounts import UserFactory
from tests.factories.guides import begin_guide, guide_owner
from tests.factories.programs import EditionFactory, GuideEditionFactory, people_of
from tests.factories.reference import PracticeFactory
from tests.programs.test_guide_writing import change, component, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """A draft with every component written, a comment and two assessments."""
    PracticeFactory(code="GP-01", components=["complaints"])
    PracticeFactory(code="GP-09", components=["process"])
    edition = EditionFactory(fiscal_year=2027, complete=True)
    editor = people_of(edition).editor
    text = edition.texts.get(component__slug="complaints")
    drafting.save_text(text, html="<p>Quejas al OIC.</p>", version=text.version, by=editor)
    comments.comment(text, body="¿Y el teléfono?", by=editor)
    proof = {"clause": text.component, "excerpt": "Quejas al OIC.", "observation": "Consta."}
    practices.assess(edition, Practice.objects.get(code="GP-01"), "adopted", by=editor, **proof)
    process = {"clause": component(edition.guide, "process"), "source": "Gaceta."}
    Assessment.objects.create(
        edition=edition, practice=Practice.objects.get(code="GP-09"), verdict="adopted",
        assessed_by=editor, assessed_at=text.saved_at, review="confirmed", review_note="Sí.",
        reviewed_by=UserFactory(), reviewed_at=text.saved_at, **process,
    )  # fmt: skip
    return edition


@pytest.fixture
def editor(edition):
    return people_of(edition).editor


@pytest.fixture
def guide(edition):
    """The Guide of 2027: one component gone, one new, one renamed, one locked; a practice new and changed."""
    owner = guide_owner(edition.guide)
    guide = begin_guide(earlier=edition.guide, by=owner)
    guide_parts.remove_component(component(guide, "complaints"), by=owner)
    guide_parts.remove_component(component(guide, "dissemination"), by=owner)
    guide_parts.add_component(guide, title_es="Género", place="section V", lock_level="free", by=owner)
    change(component(guide, "process"), owner, title_es="Operación")
    change(
        component(guide, "legal-basis"), owner, lock_level="variables", lock_reason="Ley.",
        model_text="<p>Por la ley {ley}.</p>",
    )  # fmt: skip
    said = {"topic": Practice.objects.first().topic, "components": ["genero"]}
    guide_lists.add_practice(guide, code="GP-13", title_es="N", statement_es="N.", by=owner, **said)
    for code, changed in {"GP-01": {"components": ["process"]}, "GP-09": {"statement_es": "Otra."}}.items():
        practice = Practice.objects.get(checklist__year=2027, code=code)
        mark = seen(practice, OF_PRACTICE)
        guide_lists.change_practice(guide, practice, seen=mark, by=owner, **changed)
    guide_editions.publish(guide, by=owner)
    guide.refresh_from_db()
    return guide


def text_of(edition, slug):
    return ComponentText.every.select_related("component").get(edition=edition, component__slug=slug)


def parts(moved, kind):
    return set(moved.parts.filter(kind=kind).values_list("key", flat=True))


def test_the_draft_is_shown_what_changed_and_offered_the_move(client, edition, editor, guide):
    client.force_login(editor)

    studio = client.get(f"/redaccion/{edition.code}/").text
    page = client.get(f"/redaccion/{edition.code}/guia/").text

    assert f"/redaccion/{edition.code}/guia/" in studio
    assert "La Guía de 2027 está publicada" in studio
    for words in (
        "Renombrado: se llamaba «process»",
        "Género",
        "Quitado",
        "GP-13",
        "Se enuncia de otra manera",
    ):
        assert words in page
    assert "Pasar este borrador a la Guía de 2027" in page


def test_texts_follow_their_component_and_none_is_dropped(edition, editor, guide):
    before = {text.component.slug: text for text in edition.texts.select_related("component")}

    moved = guide_moves.move(edition, guide, by=editor)

    edition.refresh_from_db()
    assert edition.guide == guide
    assert [text.component.slug for text in edition.texts.select_related("component")] == [
        one.slug for one in guide.components.order_by("number")
    ]
    process = text_of(edition, "process")
    assert (process.pk, process.component.title_es) == (before["process"].pk, "Operación")
    assert (process.text, process.version) == (before["process"].text, before["process"].version)
    assert text_of(edition, "genero").text == ""
    kept = text_of(edition, "complaints")
    assert (kept.text, kept.set_aside_at) == ("<p>Quejas al OIC.</p>", moved.moved_at)
    assert kept.versions.count() == before["complaints"].versions.count() == 2
    assert kept.comments.get().body == "¿Y el teléfono?"


def test_a_component_that_the_guide_now_locks_takes_its_text_and_the_old_one_stays_a_version(
    edition, editor, guide
):
    text = edition.texts.get(component__slug="legal-basis")
    drafting.save_text(text, html="<p>Texto propio.</p>", version=text.version, by=editor)

    guide_moves.move(edition, guide, by=editor)

    text.refresh_from_db()
    assert text.text == "<p>Por la ley {ley}.</p>"
    assert [(one.origin, one.html) for one in text.versions.all()] == [
        ("guide", "<p>Por la ley {ley}.</p>"), ("typed", "<p>Texto propio.</p>"),
        ("typed", "<p>Texto del componente.</p>"),
    ]  # fmt: skip


def test_what_came_along_is_listed_to_be_reviewed(edition, editor, guide):
    moved = guide_moves.move(edition, guide, by=editor)

    assert parts(moved, "new_text") == {"genero"}
    assert parts(moved, "kept_text") == {"complaints", "dissemination"}
    assert parts(moved, "block") == {"contacts", "dissemination"}
    assert parts(moved, "practice") == {"GP-13"}
    assert parts(moved, "assessment") == {"GP-01", "GP-09"}
    assert parts(moved, "text") == set(guide.components.values_list("slug", flat=True)) - {"genero"}
    assert Contact.objects.of_draft(edition).count() == 4


def test_assessments_follow_their_practice_and_what_was_answered_to_other_words_is_asked_again(
    edition, editor, guide
):
    guide_moves.move(edition, guide, by=editor)
    edition.refresh_from_db()

    kept, asked = (edition.assessments.get(practice__code=code) for code in ("GP-01", "GP-09"))
    assert {one.practice.checklist.year for one in (kept, asked)} == {2027}
    assert (kept.verdict, kept.clause.guide.year) == ("adopted", 2024)
    assert (asked.clause, asked.review, asked.review_note) == (component(guide, "process"), "pending", "")
    assert [one.practice.code for one in harmony.practices_of(edition) if one.assessment] == [
        "GP-01",
        "GP-09",
    ]
    assert TrailEntry.objects.about(kept).filter(act="assessment.move").count() == 1
    assert list(differences()) == []


def test_an_assessment_whose_practice_was_taken_out_stays(edition, editor):
    owner = guide_owner(edition.guide)
    guide = begin_guide(earlier=edition.guide, by=owner)
    guide_lists.remove_practice(guide, Practice.objects.get(checklist__year=2027, code="GP-09"), by=owner)
    guide_editions.publish(guide, by=owner)
    guide.refresh_from_db()

    moved = guide_moves.move(edition, guide, by=editor)

    assert parts(moved, "kept_assessment") == {"GP-09"}
    assert edition.assessments.get(practice__code="GP-09").practice.checklist.year == 2023


def test_a_component_that_comes_back_brings_its_text_back(edition, editor, guide):
    guide_moves.move(edition, guide, by=editor)
    owner = guide_owner(guide)
    edition.refresh_from_db()
    type(edition).objects.filter(pk=edition.pk).update(fiscal_year=2028)
    next_guide = begin_guide(2028, earlier=guide, by=owner)
    added = guide_parts.add_component(
        next_guide, title_es="complaints", place="section V", lock_level="free", by=owner
    )
    guide_editions.publish(next_guide, by=owner)
    next_guide.refresh_from_db()

    guide_moves.move(edition, next_guide, by=editor)

    assert edition.texts.get(component=added).text == "<p>Quejas al OIC.</p>"


def test_the_moved_draft_is_reviewed_part_by_part(client, edition, editor, guide):
    client.force_login(editor)
    address = f"/redaccion/{edition.code}/guia/"
    client.post(address, {"guide": "2027"})
    page = client.get(address).text
    assert "Quejas al OIC." in page
    assert "¿Y el teléfono?" in page
    edition.refresh_from_db()
    assert "guide-move-reviewed" in {one.code for one in draft_checks.run(contents.read(edition))}

    first = MovedPart.objects.first()
    client.post(address, {"parts": [first.pk]})
    first.refresh_from_db()
    assert first.reviewed_by == editor

    client.post(address, {"all": "1"})
    assert not MovedPart.objects.filter(reviewed_at=None).exists()
    assert contents.read(edition).moved == []
    assert TrailEntry.objects.about(edition).filter(act="edition.review_moved").count() == 2


def test_a_row_that_no_component_carries_can_still_be_opened_and_taken_out(client, edition, editor, guide):
    guide_moves.move(edition, guide, by=editor)
    client.force_login(editor)
    row = Contact.objects.of_draft(edition).first()

    page = client.get(f"/redaccion/{edition.code}/datos/contact/{row.key}/")
    answer = client.post(f"/redaccion/{edition.code}/datos/contact/{row.key}/quitar/")

    assert page.status_code == 200
    assert answer.headers["Location"] == f"/redaccion/{edition.code}/guia/"
    assert Contact.objects.of_draft(edition).count() == 3


@pytest.mark.parametrize(
    ("state", "words"), [("sent", "camino de las firmas"), ("published", "Está publicada")]
)
def test_an_edition_that_is_no_draft_is_not_moved_and_says_why(client, state, words):
    edition = EditionFactory(fiscal_year=2027, **{state: True})
    owner = guide_owner(edition.guide)
    guide = begin_guide(earlier=edition.guide, by=owner)
    guide_editions.publish(guide, by=owner)
    guide.refresh_from_db()
    editor = people_of(edition).editor
    client.force_login(editor)

    with pytest.raises(guide_moves.CannotMove, match=words):
        guide_moves.move(edition, guide, by=editor)
    client.post(f"/redaccion/{edition.code}/guia/", {"guide": "2027"})

    edition.refresh_from_db()
    assert edition.guide.year == 2024


def test_a_draft_is_moved_only_by_its_editor_and_only_forwards(edition, editor, guide):
    with pytest.raises(guide_moves.CannotMove, match="persona editora"):
        guide_moves.move(edition, guide, by=people_of(edition).head)
    guide_moves.move(edition, guide, by=editor)
    edition.refresh_from_db()
    with pytest.raises(guide_moves.CannotMove, match="más nueva"):
        guide_moves.move(edition, GuideEditionFactory(), by=editor)


def test_a_guide_of_a_later_year_than_the_edition_is_not_offered(client, edition, editor, guide):
    type(edition).objects.filter(pk=edition.pk).update(fiscal_year=2026)
    client.force_login(editor)

    page = client.get(f"/redaccion/{edition.code}/guia/").text

    assert "No hay una Guía más nueva" in page
    edition.refresh_from_db()
    with pytest.raises(guide_moves.CannotMove):
        guide_moves.move(edition, guide, by=editor)


def test_the_page_of_a_moved_draft_keeps_to_its_budget(
    client, edition, editor, guide, django_assert_max_num_queries
):
    guide_moves.move(edition, guide, by=editor)
    client.force_login(editor)
    client.get(f"/redaccion/{edition.code}/guia/")

    with django_assert_max_num_queries(15):
        client.get(f"/redaccion/{edition.code}/guia/")
