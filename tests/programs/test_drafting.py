"""Starting a draft and writing it: nobody overwrites anybody, nobody writes what they may not."""

import pytest

from accounts.models import TrailEntry
from programs.actions import drafting
from programs.actions.drafting import CannotWrite, StaleText
from programs.actions.editions import CannotStart, start_draft
from programs.models import BLOCK_MODELS, AdoptedClause, ComponentText, Edition, PublishedClause
from tests.factories.programs import (
    COMPONENTS,
    LEGEND,
    PUBLISHED_AT,
    AgencyFactory,
    EditionFactory,
    GuideEditionFactory,
    ProgramFactory,
    people_of,
)

pytestmark = pytest.mark.django_db


def editor_of(program):
    return people_of(Edition(program=program)).editor


def test_a_draft_starts_with_every_component_of_the_guide_to_be_written():
    program, guide = ProgramFactory(agency__acronym="SISEMH"), GuideEditionFactory()
    ana = editor_of(program)

    edition = start_draft(program, 2026, guide, by=ana, at=PUBLISHED_AT)

    assert (edition.code, edition.state, edition.created_at) == ("ROP-SISEMH-2026-01", "draft", PUBLISHED_AT)
    assert [text.component.slug for text in edition.texts.all()] == [slug for slug, *_rest in COMPONENTS]
    assert not any(text.is_written for text in edition.texts.all())
    entry = TrailEntry.objects.about(edition).get()
    assert (entry.act, entry.by, entry.subject_name) == ("edition.start", ana, "ROP-SISEMH-2026-01")


def test_codes_run_in_a_series_of_agency_and_year():
    guide, agency = GuideEditionFactory(), AgencyFactory(acronym="SISEMH")
    one, two = ProgramFactory.create_batch(2, agency=agency)
    ana = editor_of(one)

    codes = [start_draft(one, 2026, guide, by=ana).code, start_draft(two, 2026, guide, by=ana).code]

    assert codes == ["ROP-SISEMH-2026-01", "ROP-SISEMH-2026-02"]
    assert start_draft(one, 2027, guide, by=ana).code == "ROP-SISEMH-2027-01"


def test_a_program_has_one_edition_a_year():
    edition = EditionFactory()

    with pytest.raises(CannotStart, match="2026"):
        start_draft(edition.program, 2026, edition.guide, by=people_of(edition).editor)


@pytest.mark.parametrize("role", ["legal", "operator", "verifier", "head", "budget", "auditor", "assessor"])
def test_only_an_editor_of_the_agency_starts_a_draft(role):
    edition = EditionFactory()

    with pytest.raises(CannotStart):
        start_draft(edition.program, 2027, edition.guide, by=getattr(people_of(edition), role))


def test_the_editor_of_another_agency_starts_no_draft():
    edition = EditionFactory()

    with pytest.raises(CannotStart):
        start_draft(edition.program, 2027, edition.guide, by=people_of(EditionFactory()).editor)


def test_a_draft_may_begin_on_last_years_text_and_data():
    last = EditionFactory(published=True)
    ana = people_of(last).editor

    edition = start_draft(last.program, 2027, last.guide, by=ana, based_on=last)

    assert set(edition.texts.values_list("text", flat=True)) == {"<p>Texto del componente.</p>", LEGEND}
    for model in BLOCK_MODELS:
        before = model.objects.of_draft(last).values_list("key", flat=True)
        assert list(model.objects.of_draft(edition).values_list("key", flat=True)) == list(before) != []
    assert edition.based_on == last


@pytest.fixture
def another():
    """A program whose agency has published nothing, and its editor."""
    program = ProgramFactory()
    return program, editor_of(program)


def test_a_draft_may_begin_on_the_published_rules_of_another_program_and_names_them(another):
    theirs = EditionFactory(published=True)
    program, berta = another

    edition = start_draft(program, 2027, theirs.guide, by=berta, at=PUBLISHED_AT, based_on=theirs)

    kept = {
        model: set(model.objects.of_draft(theirs).values_list("key", flat=True)) for model in BLOCK_MODELS
    }
    copied = {model: set(model.objects.of_draft(edition).values_list("key", flat=True)) for model in kept}
    named = AdoptedClause.objects.of_edition(edition).values_list("text__component", flat=True)
    published = PublishedClause.objects.filter(publication__edition=theirs)
    assert copied == kept
    assert sorted(named) == sorted(published.values_list("component", flat=True)) != []


def test_a_draft_does_not_begin_on_what_another_program_has_not_published(another):
    theirs = EditionFactory(complete=True)
    program, berta = another

    with pytest.raises(CannotStart, match="publicadas"):
        start_draft(program, 2027, theirs.guide, by=berta, based_on=theirs)


def test_what_others_published_is_offered_apart_and_their_drafts_are_not(client, another):
    published, draft = EditionFactory(published=True), EditionFactory(complete=True)
    program, berta = another
    own = EditionFactory(program=program, fiscal_year=2025)
    client.force_login(berta)

    field = client.get("/redaccion/nueva/").context["form"].fields["based_on"]

    offered = [(str(name), [pk for pk, _label in few]) for name, few in field.choices[1:]]
    assert offered == [
        ("De esta dependencia", [own.pk]),
        ("Publicadas por otras dependencias", [published.pk]),
    ]
    assert draft not in field.queryset


# Writing


@pytest.fixture
def text():
    return EditionFactory().texts.first()


def test_a_text_is_saved_clean_with_who_and_when(text):
    ana = people_of(text.edition).editor

    drafting.save_text(text, html="<p>Uno<script>x</script></p>", version=0, by=ana, at=PUBLISHED_AT)

    kept = ComponentText.objects.get(pk=text.pk)
    assert (kept.text, kept.version, kept.saved_by, kept.saved_at) == ("<p>Uno</p>", 1, ana, PUBLISHED_AT)


def test_a_stale_text_is_refused_and_both_are_kept(text):
    ana = people_of(text.edition).editor
    stale = ComponentText.objects.get(pk=text.pk)
    drafting.save_text(text, html="<p>De Berta</p>", version=0, by=ana)

    with pytest.raises(StaleText) as refusal:
        drafting.save_text(stale, html="<p>De Ana</p>", version=0, by=ana)

    assert (refusal.value.saved.text, refusal.value.saved.version) == ("<p>De Berta</p>", 1)
    assert refusal.value.mine == "<p>De Ana</p>"
    assert ComponentText.objects.get(pk=text.pk).text == "<p>De Berta</p>"


def test_after_comparing_the_text_is_saved_over_the_version_seen(text):
    ana = people_of(text.edition).editor
    drafting.save_text(text, html="<p>De Berta</p>", version=0, by=ana)

    drafting.save_text(text, html="<p>De las dos</p>", version=1, by=ana)

    assert ComponentText.objects.get(pk=text.pk).text == "<p>De las dos</p>"


def test_a_component_that_does_not_apply_says_why(text):
    ana = people_of(text.edition).editor

    drafting.mark_not_applicable(text, reason=" No hay anexos. ", version=0, by=ana)

    assert ComponentText.objects.get(pk=text.pk).not_applicable_reason == "No hay anexos."
    entry = TrailEntry.objects.about(text.edition).get()
    assert (entry.act, entry.note) == ("edition.not_applicable", text.component.slug)


def test_it_may_apply_after_all(text):
    ana = people_of(text.edition).editor
    drafting.mark_not_applicable(text, reason="No hay anexos.", version=0, by=ana)

    drafting.mark_not_applicable(text, reason="", version=1, by=ana)

    assert not ComponentText.objects.get(pk=text.pk).is_written


@pytest.mark.parametrize("state", ["sent", "approved", "published"])
def test_what_was_sent_is_not_written_any_more(state):
    text = EditionFactory(**{state: True}).texts.first()

    with pytest.raises(CannotWrite) as refusal:
        drafting.save_text(text, html="<p>Otro</p>", version=text.version, by=people_of(text.edition).editor)

    assert not isinstance(refusal.value, StaleText)
    assert ComponentText.objects.get(pk=text.pk).text == "<p>Texto del componente.</p>"


def test_a_tab_left_open_while_the_draft_was_sent_changes_nothing():
    edition = EditionFactory(complete=True)
    ana, text = people_of(edition).editor, edition.texts.select_related("edition").first()
    Edition.objects.filter(pk=edition.pk).update(state="signoff", sent_by=ana, sent_at=PUBLISHED_AT)

    with pytest.raises(CannotWrite) as refusal:
        drafting.save_text(text, html="<p>Otro</p>", version=text.version, by=ana)

    assert not isinstance(refusal.value, StaleText)
    assert ComponentText.objects.get(pk=text.pk).text == "<p>Texto del componente.</p>"


@pytest.mark.parametrize("role", ["legal", "operator", "verifier", "head", "budget", "auditor", "assessor"])
def test_only_an_editor_writes(text, role):
    with pytest.raises(CannotWrite):
        drafting.save_text(text, html="<p>Otro</p>", version=0, by=getattr(people_of(text.edition), role))
