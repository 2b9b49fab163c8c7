"""Publishing: the citation, the frozen rows, the canonical snapshot, and that none of it changes again."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from accounts.acts import ActNotPossible
from accounts.models import Membership, TrailEntry
from programs import snapshots
from programs.actions import publication as action
from programs.models import BLOCK_MODELS, ComponentText, Criterion, Edition, Publication, SupportModality
from programs.states import EditionState
from tests.factories.programs import (
    CITATION,
    PUBLISHED_AT,
    EditionFactory,
    people_of,
    publish,
)
from tests.factories.reference import ComponentFactory
from tests.harness.taped import taped

pytestmark = pytest.mark.django_db


def test_publish_freezes_a_copy_of_every_row_and_says_who_did_it():
    edition = EditionFactory(approved=True)
    head = people_of(edition).head

    published = action.publish(edition, by=head, at=PUBLISHED_AT, **CITATION)

    assert (edition.state, published.published_by, published.published_at) == (
        "published",
        head,
        PUBLISHED_AT,
    )
    for model in BLOCK_MODELS:
        draft = list(model.objects.of_draft(edition).values_list("key", flat=True))
        assert list(model.objects.of_publication(published).values_list("key", flat=True)) == draft != []
    acts = TrailEntry.objects.about(edition).values_list("act", "from_state", "to_state", "by")
    assert ("edition.publish", "approved", "published", head.pk) in acts
    frozen = TrailEntry.objects.about(published).get()
    assert (frozen.act, frozen.subject_name, frozen.note) == (
        "edition.freeze",
        edition.code,
        published.sha256,
    )
    assert frozen.digest


def test_the_snapshot_is_canonical_and_its_hash_is_that_of_its_bytes():
    edition = EditionFactory(complete=True)
    edition.texts.filter(component__slug="basic-info").update(text="<p>Hay [[presupuesto.autorizado]].</p>")

    published = publish(edition)

    document = snapshots.read(published)
    again = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert published.snapshot == again
    assert published.sha256 == sha256(published.snapshot.encode()).hexdigest()
    assert snapshots.is_intact(published)
    assert document["schema"] == "armoniza.edition/1"
    assert document["blocks"]["budget"]["budget"] == [
        {"authorized": "1000000.00", "budget_key": "00 DEMO 001", "key": "budget", "operating": "100000.00"}
    ]
    assert document["publication"]["gazette_date"] == "2026-01-08"
    basic = next(one for one in document["components"] if one["slug"] == "basic-info")
    assert basic["text"] == "<p>Hay [[presupuesto.autorizado]].</p>"
    assert basic["resolved"] == (
        '<p>Hay <span class="ref">$1,000,000.00 (un millón de pesos 00/100 M.N.)</span>.</p>'
    )


def test_a_changed_snapshot_is_not_intact():
    published = publish(EditionFactory(complete=True))

    published.snapshot = published.snapshot.replace("1000000.00", "9000000.00")

    assert not snapshots.is_intact(published)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"gazette_number": " "}, "gazette_number"),
        ({"gazette_volume": ""}, "gazette_number"),
        ({"gazette_date": date(2026, 1, 7)}, "gazette_date"),  # a Wednesday
        ({"gazette_date": date(2026, 1, 10)}, "gazette_date"),  # the day after
        ({"in_force_from": date(2026, 1, 7)}, "in_force_from"),
    ],
)
def test_a_citation_that_cannot_be_is_refused_beside_its_field(wrong, field):
    edition = EditionFactory(approved=True)

    with pytest.raises(action.CannotPublish) as refusal:
        publish(edition, **wrong)

    assert refusal.value.field == field
    assert Edition.objects.get(pk=edition.pk).state == EditionState.APPROVED
    assert not Publication.objects.exists()


def test_a_special_edition_of_the_gazette_may_appear_on_any_day():
    published = publish(EditionFactory(approved=True), gazette_date=date(2026, 1, 7), is_special_edition=True)

    assert published.is_special_edition


def test_what_blocks_is_asked_again_when_publishing_and_nothing_stays_half_done():
    edition = EditionFactory(approved=True)
    Criterion.objects.of_draft(edition).filter(key="diagnostico").update(weight=39)

    with pytest.raises(action.CannotPublish) as refusal:
        publish(edition)

    assert {finding.code for finding in refusal.value.findings} == {"weights-add-up", "criterion-levels"}
    assert Edition.objects.get(pk=edition.pk).state == EditionState.APPROVED
    assert not Criterion.objects.exclude(publication=None).exists()


@pytest.mark.parametrize("role", ["editor", "legal", "operator", "verifier", "budget", "auditor", "assessor"])
def test_only_the_head_of_the_agency_publishes(role):
    edition = EditionFactory(approved=True)

    with pytest.raises(action.CannotPublish):
        action.publish(edition, by=getattr(people_of(edition), role), at=PUBLISHED_AT, **CITATION)


def test_the_head_of_another_agency_does_not_publish():
    edition, other = EditionFactory(approved=True), EditionFactory()

    with pytest.raises(action.CannotPublish):
        action.publish(edition, by=people_of(other).head, at=PUBLISHED_AT, **CITATION)


def test_who_sent_the_draft_does_not_publish_it_even_as_head():
    edition = EditionFactory(approved=True)
    editor = people_of(edition).editor
    Membership.objects.create(user=editor, body=edition.program.agency.body, role="head")

    with pytest.raises(action.CannotPublish):
        action.publish(edition, by=editor, at=PUBLISHED_AT, **CITATION)


@pytest.mark.parametrize("state", ["complete", "sent"])
def test_an_edition_that_is_not_approved_is_not_published(state):
    edition = EditionFactory(**{state: True})

    with pytest.raises(ActNotPossible):
        action.publish(edition, by=people_of(edition).head, at=PUBLISHED_AT, **CITATION)


def test_an_edition_is_published_once():
    edition = EditionFactory(published=True)

    with pytest.raises(ActNotPossible):
        action.publish(edition, by=people_of(edition).head, at=PUBLISHED_AT + timedelta(days=1), **CITATION)

    assert Publication.objects.count() == 1


# What is published never changes


@pytest.fixture
@taped
def published():
    return publish(EditionFactory(complete=True))


def refused():
    return pytest.raises((IntegrityError, DatabaseError), match="kept as they were")


@pytest.mark.parametrize("model", BLOCK_MODELS, ids=lambda model: model._meta.model_name)
def test_a_published_row_is_neither_changed_nor_deleted(published, model):
    row = model.objects.of_publication(published).first()

    with refused(), transaction.atomic():
        model.objects.filter(pk=row.pk).update(position=99)
    with refused(), transaction.atomic():
        row.delete()
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET publication_id = NULL WHERE id = %s", [row.pk])
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row.pk])

    row.refresh_from_db()
    assert (row.position, row.publication_id) != (99, None)


@pytest.mark.parametrize("model", BLOCK_MODELS, ids=lambda model: model._meta.model_name)
def test_no_row_is_put_into_what_is_published(published, model):
    written = model.objects.of_draft(published.edition).first()
    added = model.objects.of_publication(published).first()
    added.pk, added.key, added._state.adding = None, "anadida", True

    with refused(), transaction.atomic():
        added.save()
    with refused(), transaction.atomic():
        model.objects.bulk_create([added])
    with refused(), transaction.atomic():
        model.objects.filter(pk=written.pk).update(publication=published, key="movida")
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        _copy_by_hand(cursor, written, key="'copiada'", publication_id=str(published.pk))

    keys = set(model.objects.of_publication(published).values_list("key", flat=True))
    assert keys == set(model.objects.of_draft(published.edition).values_list("key", flat=True))


def test_a_copy_made_by_hand_is_taken_where_nothing_is_frozen(published):
    """So that the test above proves something."""
    written = SupportModality.objects.of_draft(published.edition).get()

    with connection.cursor() as cursor:
        _copy_by_hand(cursor, written, key="'copiada'", publication_id="NULL")

    assert SupportModality.objects.of_draft(published.edition).filter(key="copiada").exists()


def _copy_by_hand(cursor, row, **changes):
    columns = [field.column for field in row._meta.concrete_fields if field.column != "id"]
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = row._meta.db_table
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = {row.pk}")


def test_the_texts_of_a_published_edition_stand_still(published):
    edition = published.edition
    text = edition.texts.order_by("pk").first()
    missing = ComponentFactory(section=text.component.section)
    words = text.text

    with refused(), transaction.atomic():
        edition.texts.update(text="<p>Otro.</p>")
    with refused(), transaction.atomic():
        edition.texts.filter(pk=text.pk)._raw_delete("default")
    with refused(), transaction.atomic():
        ComponentText.objects.create(edition=edition, component=missing)
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programs_componenttext SET text = 'otro'")
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM programs_componenttext")
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        _copy_by_hand(cursor, text, component_id=str(missing.pk))

    text.refresh_from_db()
    assert (text.text, edition.texts.filter(component=missing).exists()) == (words, False)


def test_the_texts_of_a_draft_are_written_whatever_was_published(published):
    draft = EditionFactory(guide=published.edition.guide)

    assert draft.texts.update(text="<p>Otro.</p>") == draft.texts.count() > 0
    assert draft.texts.first().delete()[0] == 1


@pytest.mark.parametrize("state", ["draft", "signoff", "approved", "recorded"])
def test_a_published_edition_never_goes_back(published, state):
    with refused(), transaction.atomic():
        Edition.objects.filter(pk=published.edition_id).update(state=state)
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programs_edition SET state = %s", [state])
    with refused(), transaction.atomic():
        Edition.objects.filter(pk=published.edition_id).update(fiscal_year=2030)

    assert Edition.objects.get(pk=published.edition_id).state == "published"


@pytest.mark.parametrize("state", ["complete", "sent"])
def test_nothing_is_published_that_was_not_approved(published, state):
    other = EditionFactory(**{state: True})

    with refused(), transaction.atomic(), connection.cursor() as cursor:
        _copy_by_hand(cursor, published, edition_id=str(other.pk))

    assert Publication.objects.get() == published


def test_a_publication_is_neither_changed_nor_deleted(published):
    with refused(), transaction.atomic():
        Publication.objects.update(sha256="0" * 64)
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programs_publication SET snapshot = 'otra'")
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM programs_publication")

    assert snapshots.is_intact(Publication.objects.get())


def test_the_draft_rows_of_a_published_edition_do_not_reach_its_publication(published):
    SupportModality.objects.of_draft(published.edition).update(maximum=60_000)

    assert SupportModality.objects.of_publication(published).get().maximum == 100_000
