"""Amending published Rules: a working copy, the same checks and signatures, a further publication."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from accounts.acts import ActNotPossible
from accounts.models import Notice, TrailEntry
from documents.models import Rendering
from programs import contents, snapshots
from programs.actions import amendments, blocks, drafting, publication, signoff
from programs.actions.amendments import CannotAmend
from programs.models import Amendment, Budget, Edition, Publication
from programs.signing import next_step
from tests.factories.programs import (
    AMENDED_AT,
    AMENDING,
    EditionFactory,
    approve,
    begin_amendment,
    people_of,
    publish,
    publish_amendment,
)
from tests.harness.taped import taped

pytestmark = pytest.mark.django_db
ROLES = ["legal", "operator", "verifier", "head", "budget", "auditor", "assessor", "guide_owner"]


@pytest.fixture
@taped
def edition():
    return publish(EditionFactory(complete=True)).edition


def text_of(edition, slug="basic-info"):
    return edition.texts.select_related("component", "edition__program").get(component__slug=slug)


def change(edition, html="<p>Otro texto.</p>", authorized=2_000_000):
    """Change a text and a row as an editor does in the studio."""
    editor, edition = people_of(edition).editor, Edition.objects.get(pk=edition.pk)
    text = text_of(edition)
    drafting.save_text(text, html=html, version=text.version, by=editor)
    budget = Budget.objects.of_draft(edition).get()
    blocks.change(budget, by=editor, authorized=Decimal(authorized))


def test_an_amendment_begins_with_its_number_its_reason_and_who_began_it(edition):
    amendment = begin_amendment(edition, reason=" Cambió el presupuesto. ")

    assert (amendment.number, amendment.reason, amendment.state) == (1, "Cambió el presupuesto.", "draft")
    assert amendment.started_by == people_of(edition).editor
    entry = TrailEntry.objects.about(amendment).get()
    assert (entry.act, entry.subject_name) == ("amendment.start", f"{edition.code}-M1")


@pytest.mark.parametrize("role", ROLES)
def test_only_an_editor_of_the_agency_amends(edition, role):
    with pytest.raises(CannotAmend):
        amendments.start(edition, reason="Porque sí.", by=getattr(people_of(edition), role))

    assert not Amendment.objects.exists()


def test_the_editor_of_another_agency_does_not_amend(edition):
    with pytest.raises(CannotAmend):
        amendments.start(edition, reason="Porque sí.", by=people_of(EditionFactory()).editor)


def test_an_amendment_without_reason_is_refused_at_its_field(edition):
    with pytest.raises(CannotAmend) as refusal:
        begin_amendment(edition, reason=" ")

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("state", ["complete", "sent", "approved"])
def test_only_published_rules_are_amended(state):
    with pytest.raises(CannotAmend):
        begin_amendment(EditionFactory(**{state: True}))


def test_one_amendment_at_a_time(edition):
    begin_amendment(edition)

    with pytest.raises(CannotAmend):
        begin_amendment(edition)


def test_published_rules_are_not_written_without_an_amendment(edition):
    text, editor = text_of(edition), people_of(edition).editor

    with pytest.raises(drafting.CannotWrite):
        drafting.save_text(text, html="<p>Otro.</p>", version=text.version, by=editor)
    with pytest.raises(blocks.CannotChange):
        blocks.change(Budget.objects.of_draft(edition).get(), by=editor, authorized=Decimal(5))


def test_the_amendment_is_written_in_the_working_copy_and_the_published_text_stays(edition):
    before = edition.publications.get()
    begin_amendment(edition)

    change(edition)

    says = contents.read(edition, Publication.objects.get())
    assert says.text_of("basic-info").text == "<p>Texto del componente.</p>"
    assert says.single(Budget).authorized == 1_000_000
    assert text_of(edition).text == "<p>Otro texto.</p>"
    assert Publication.objects.get().snapshot == before.snapshot


def test_an_amendment_that_changes_nothing_is_not_sent(edition):
    begin_amendment(edition)

    with pytest.raises(signoff.CannotSend):
        signoff.send(Edition.objects.get(pk=edition.pk), by=people_of(edition).editor)


def test_what_blocks_is_asked_of_an_amendment_too(edition):
    begin_amendment(edition)
    change(edition)
    text = text_of(edition)
    drafting.save_text(text, html="", version=text.version, by=people_of(edition).editor)

    with pytest.raises(signoff.CannotSend) as refusal:
        signoff.send(Edition.objects.get(pk=edition.pk), by=people_of(edition).editor)

    assert {finding.code for finding in refusal.value.findings} == {"component-written"}


def test_an_amendment_is_signed_by_the_same_four_and_published_by_the_head(edition):
    amendment = begin_amendment(edition)
    change(edition)
    edition = Edition.objects.get(pk=edition.pk)
    people = people_of(edition)

    signoff.send(edition, by=people.editor)
    for role in ("legal", "budget", "auditor", "assessor"):
        assert edition.open_amendment().state == "signoff"
        signoff.sign(edition, by=getattr(people, role))
    assert (edition.stage(), edition.state, edition.round) == ("approved", "published", 2)
    published = publication.publish(edition, by=people.head, at=AMENDED_AT, **AMENDING)

    amendment.refresh_from_db()
    assert (published.number, published.amendment, amendment.state) == (1, amendment, "published")
    acts = TrailEntry.objects.about(amendment).order_by("pk").values_list("act", "by")
    assert list(acts) == [
        ("amendment.start", people.editor.pk),
        ("amendment.send", people.editor.pk),
        ("amendment.approve", people.assessor.pk),
        ("amendment.publish", people.head.pk),
    ]


def test_who_sent_the_amendment_neither_signs_nor_publishes_it(edition):
    begin_amendment(edition)
    change(edition)
    edition = Edition.objects.get(pk=edition.pk)
    signoff.send(edition, by=people_of(edition).editor)

    with pytest.raises(signoff.CannotSign):
        signoff.sign(edition, by=people_of(edition).editor)
    with pytest.raises(publication.CannotPublish):
        publication.publish(edition, by=people_of(edition).editor, at=AMENDED_AT, **AMENDING)


def test_a_refused_amendment_is_a_draft_again_and_every_signature_is_asked_for_anew(edition):
    begin_amendment(edition)
    change(edition)
    edition = Edition.objects.get(pk=edition.pk)
    people = people_of(edition)
    signoff.send(edition, by=people.editor)
    signoff.sign(edition, by=people.legal)

    signoff.refuse(edition, reason="No cuadra.", by=people.budget)

    assert edition.stage() == "draft"
    signoff.send(edition, by=people.editor)
    assert next_step(edition) == "legal"


def test_while_it_is_signed_an_amendment_is_not_written(edition):
    begin_amendment(edition)
    change(edition)
    edition = Edition.objects.get(pk=edition.pk)
    signoff.send(edition, by=people_of(edition).editor)

    row = Budget.objects.of_draft(edition).get()
    with pytest.raises(blocks.CannotChange):
        blocks.change(row, by=people_of(edition).editor, authorized=Decimal(5))
    with pytest.raises(drafting.CannotWrite):
        change(edition)


def test_publishing_freezes_the_whole_text_again_with_reason_and_number(edition):
    first = edition.publications.get()
    begin_amendment(edition, reason="Cambió el presupuesto.")
    change(edition)

    second = publish_amendment(edition)

    assert snapshots.read(second)["publication"]["amendment"] == {
        "number": 1,
        "reason": "Cambió el presupuesto.",
    }
    assert snapshots.is_intact(second)
    assert contents.read(edition, second).single(Budget).authorized == 2_000_000
    assert contents.read(edition, second).text_of("basic-info").text == "<p>Otro texto.</p>"
    assert contents.read(edition, first).single(Budget).authorized == 1_000_000
    assert (second.code, first.code) == (f"{edition.code}-M1", edition.code)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"gazette_date": date(2026, 1, 6)}, "gazette_date"),
        ({"gazette_number": ""}, "gazette_number"),
        ({"in_force_from": date(2026, 5, 6)}, "in_force_from"),
    ],
)
def test_an_amendment_that_precedes_what_it_amends_is_refused_beside_its_field(edition, wrong, field):
    begin_amendment(edition)
    change(edition)

    with pytest.raises(publication.CannotPublish) as refusal:
        publish_amendment(edition, **wrong)

    assert refusal.value.field == field
    assert edition.publications.count() == 1


def test_an_amendment_is_not_in_force_before_what_it_amends():
    edition = publish(EditionFactory(complete=True), in_force_from=date(2026, 6, 1)).edition
    begin_amendment(edition)
    change(edition)

    with pytest.raises(publication.CannotPublish) as refusal:
        publish_amendment(edition, in_force_from=date(2026, 5, 31))

    assert refusal.value.field == "in_force_from"


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 1, 1), 0),  # before it was in force at all
        (date(2026, 1, 9), 0),
        (date(2026, 5, 19), 0),
        (date(2026, 5, 20), 1),
        (date(2026, 7, 31), 1),
        (date(2026, 8, 1), 2),
    ],
)
def test_the_publication_in_force_on_a_day(edition, day, number):
    for authorized, begins in ((2_000_000, date(2026, 5, 20)), (3_000_000, date(2026, 8, 1))):
        begin_amendment(edition)
        change(edition, authorized=authorized)
        publish_amendment(edition, in_force_from=begins)

    assert edition.publication_on(day).number == number


def test_a_draft_is_in_force_on_no_day():
    assert EditionFactory().publication_on(date(2026, 1, 9)) is None


def test_a_withdrawn_amendment_leaves_the_rules_as_they_were_and_its_number_free(edition):
    amendment = begin_amendment(edition)
    change(edition)

    amendments.withdraw(amendment, reason="Ya no hace falta.", by=people_of(edition).editor)

    amendment.refresh_from_db()
    assert amendment.state == "withdrawn"
    document = snapshots.draft(contents.read(edition))
    assert snapshots.says_the_same(document, snapshots.read(edition.publications.get()))
    assert TrailEntry.objects.about(amendment).last().note == "Ya no hace falta."
    assert begin_amendment(edition).number == 1


def test_an_amendment_is_withdrawn_only_with_a_reason_and_only_as_a_draft(edition):
    amendment, editor = begin_amendment(edition), people_of(edition).editor
    change(edition)
    with pytest.raises(CannotAmend):
        amendments.withdraw(amendment, reason=" ", by=editor)
    signoff.send(Edition.objects.get(pk=edition.pk), by=editor)

    with pytest.raises(ActNotPossible):
        amendments.withdraw(amendment, reason="Ya no.", by=editor)


def test_the_reason_is_written_again_while_the_amendment_is_a_draft(edition):
    amendment, editor = begin_amendment(edition), people_of(edition).editor

    amendments.explain(amendment, reason="Cambió la fecha.", by=editor)

    assert Amendment.objects.get().reason == "Cambió la fecha."
    change(edition)
    signoff.send(Edition.objects.get(pk=edition.pk), by=editor)
    with pytest.raises(ActNotPossible):
        amendments.explain(amendment, reason="Otra.", by=editor)


def test_the_agency_and_planning_hear_of_the_amendment_with_its_reason(edition):
    begin_amendment(edition, reason="Cambió el presupuesto.")
    change(edition)

    publish_amendment(edition)

    told = Notice.objects.filter(to=people_of(edition).operator, kind="edition.published").latest("pk")
    assert "odificación 1" in told.subject
    assert "Cambió el presupuesto." in told.body
    assert "20 de mayo de 2026" in told.body


def test_the_booklet_of_the_amendment_supersedes_the_first_which_stays_verifiable(edition):
    first = Rendering.objects.get(subject_id=edition.code)
    begin_amendment(edition)
    change(edition)

    publish_amendment(edition)

    second = Rendering.objects.get(subject_id=f"{edition.code}-M1")
    first.refresh_from_db()
    assert (first.superseded_by, second.superseded_by) == (second, None)


def test_a_new_edition_begins_on_what_was_published_last_not_on_an_amendment_under_way(edition):
    from programs.actions.editions import start_draft

    begin_amendment(edition)
    change(edition)
    editor = people_of(edition).editor

    following = start_draft(edition.program, 2027, edition.guide, by=editor, based_on=edition)

    assert text_of(following).text == "<p>Texto del componente.</p>"
    assert Budget.objects.of_draft(following).get().authorized == 1_000_000


# What the database itself refuses


def refused():
    return pytest.raises((IntegrityError, DatabaseError), match="kept as they were")


def by_hand(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_texts_stand_still_again_once_the_amendment_is_signed(edition):
    begin_amendment(edition)
    change(edition)
    signoff.send(Edition.objects.get(pk=edition.pk), by=people_of(edition).editor)

    with refused():
        by_hand("UPDATE programs_componenttext SET text = 'otro'")


def test_what_an_amendment_published_is_frozen_as_the_first_text_is(edition):
    begin_amendment(edition)
    change(edition)
    second = publish_amendment(edition)

    with refused():
        by_hand("UPDATE programs_publishedtext SET text = 'otro' WHERE publication_id = %s", second.pk)
    with refused():
        by_hand("DELETE FROM programs_publishedtext WHERE publication_id = %s", second.pk)
    with refused():
        by_hand("UPDATE programs_budget SET authorized = 1 WHERE publication_id = %s", second.pk)
    with refused():
        by_hand(
            "UPDATE programs_budget SET publication_id = %s, key = 'b' WHERE publication_id IS NULL",
            second.pk,
        )
    with refused():
        by_hand("UPDATE programs_amendment SET reason = 'otra'")
    with refused():
        by_hand("DELETE FROM programs_amendment")


def test_an_approved_amendment_lets_nothing_into_the_first_publication(edition):
    first = edition.publications.get()
    begin_amendment(edition)
    change(edition)
    approve(Edition.objects.get(pk=edition.pk))

    with refused():
        by_hand(
            "UPDATE programs_budget SET publication_id = %s, key = 'b' WHERE publication_id IS NULL", first.pk
        )


def test_an_amendment_that_nobody_approved_is_not_published_by_hand(edition):
    amendment = begin_amendment(edition)

    with refused():
        by_hand(
            "INSERT INTO programs_publication (number, amendment_id, edition_id, gazette_date,"
            " gazette_volume, gazette_number, gazette_section, gazette_page, is_special_edition,"
            " in_force_from, published_at, published_by_id, snapshot, sha256)"
            " SELECT 1, %s, edition_id, gazette_date, gazette_volume, gazette_number, gazette_section,"
            " gazette_page, is_special_edition, in_force_from, published_at, published_by_id, snapshot,"
            " sha256 FROM programs_publication",
            amendment.pk,
        )
