"""What each signer has read: kept when they say so or sign, and only the differences shown the next time."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import TrailEntry
from programs import contents, snapshots
from programs.actions import blocks, readings, signoff
from programs.models import Budget, Edition, Reading
from tests.factories.programs import AMENDED_AT, EditionFactory, begin_amendment, people_of, publish
from tests.programs.test_amendments import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(sent=True)


def signatures(edition):
    return reverse("programs:draft_signoff", args=[edition.code])


def changed_after_a_refusal(edition, authorized=3_000_000):
    """Legal refuses; the editor changes an amount and sends it again."""
    people, edition = people_of(edition), Edition.objects.get(pk=edition.pk)
    signoff.refuse(edition, reason="Revise el monto.", by=people.legal)
    blocks.change(Budget.objects.of_draft(edition).get(), by=people.editor, authorized=Decimal(authorized))
    return signoff.send(edition, by=people.editor)


def test_a_reading_keeps_what_the_draft_said_who_read_it_and_when(edition):
    legal = people_of(edition).legal

    reading = readings.mark_read(edition, by=legal, at=AMENDED_AT)

    assert (reading.by, reading.at) == (legal, AMENDED_AT)
    assert reading.document == snapshots.snapshot(contents.read(edition), {})
    assert reading.sha256 == snapshots.digest(reading.document)
    entry = TrailEntry.objects.about(edition).last()
    assert (entry.act, entry.by, entry.note) == ("edition.read", legal, reading.sha256)


def test_the_same_text_is_kept_once_for_each_person(edition):
    people = people_of(edition)

    for person in (people.legal, people.legal, people.head):
        readings.mark_read(edition, by=person)

    assert list(Reading.objects.values_list("by", flat=True)) == [people.legal.pk, people.head.pk]


def test_who_cannot_see_the_draft_does_not_read_it(edition):
    with pytest.raises(readings.CannotRead):
        readings.mark_read(edition, by=people_of(EditionFactory()).legal)


def test_who_signs_or_refuses_has_read_it(edition):
    people = people_of(edition)

    signoff.sign(edition, by=people.legal)
    signoff.refuse(edition, reason="No cuadra.", by=people.budget)

    assert list(Reading.objects.values_list("by", flat=True)) == [people.legal.pk, people.budget.pk]


def test_a_reading_is_neither_changed_nor_deleted(edition):
    readings.mark_read(edition, by=people_of(edition).legal)
    refused = pytest.raises((IntegrityError, DatabaseError), match="kept as they were")

    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programs_reading SET document = '{}'")
    with refused, transaction.atomic():
        Reading.objects.all().delete()


def test_to_look_at_the_page_keeps_nothing(client, edition):
    client.force_login(people_of(edition).legal)

    client.get(signatures(edition))

    assert not Reading.objects.exists()


def test_the_signer_sees_only_what_changed_since_their_own_last_reading(client, edition):
    people = people_of(edition)
    changed_after_a_refusal(edition)
    client.force_login(people.legal)

    shown = client.get(signatures(edition)).text.split('id="leido"')[1].split("</section>")[0]

    assert "Qué cambió desde que usted lo leyó" in shown
    assert "$1,000,000.00" in shown.split("<del>")[1]
    assert "$3,000,000.00" in shown.split("<ins>")[1]


def test_each_has_a_last_reading_of_their_own(client, edition):
    changed_after_a_refusal(edition)
    client.force_login(people_of(edition).head)

    assert "Usted aún no ha leído este borrador" in client.get(signatures(edition)).text


def test_a_button_keeps_that_it_was_read_and_then_nothing_has_changed(client, edition):
    client.force_login(people_of(edition).auditor)

    client.post(signatures(edition), {"act": "read"})

    shown = client.get(signatures(edition)).text
    assert "Todavía no ha cambiado nada" in shown
    assert "Lo leí como está ahora" not in shown


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("legal", "Qué cambió desde que usted lo leyó"),  # who signed the Rules has read them
        ("operator", "Qué cambia la modificación de lo publicado"),
    ],
)
def test_of_an_amendment_is_seen_what_it_changes_of_what_one_read_or_was_published(client, role, said):
    edition = publish(EditionFactory(complete=True)).edition
    begin_amendment(edition)
    change(edition)
    signoff.send(Edition.objects.get(pk=edition.pk), by=people_of(edition).editor)
    client.force_login(getattr(people_of(edition), role))

    shown = client.get(signatures(edition)).text

    assert said in shown
    assert "$2,000,000.00" in shown.split("<ins>")[1]


def test_whoever_sent_it_sees_who_is_next_and_since_when(client, edition):
    people = people_of(edition)
    signoff.sign(edition, by=people.legal, at=AMENDED_AT.replace(year=2027))
    client.force_login(people.editor)

    shown = client.get(signatures(edition)).text

    assert f"Pueden firmar: {people.budget}" in " ".join(shown.split())
    assert "Espera desde el 8 de mayo de 2027" in shown


def test_the_head_sees_what_the_amendment_publishes_and_the_notice_that_goes_out(client):
    edition = publish(EditionFactory(complete=True)).edition
    begin_amendment(edition, reason="Cambió el presupuesto del Estado.")
    change(edition)
    edition = Edition.objects.get(pk=edition.pk)
    people = people_of(edition)
    signoff.send(edition, by=people.editor)
    for role in ("legal", "budget", "auditor", "assessor"):
        signoff.sign(edition, by=getattr(people, role))
    client.force_login(people.head)

    shown = client.get(reverse("programs:draft_publish", args=[edition.code])).text

    assert "Publicar la modificación" in shown
    assert "Cambió el presupuesto del Estado." in shown
    assert f"Publicada: modificación 1 a {edition}" in shown
    assert str(people.operator) in shown
    assert "$2,000,000.00" in shown.split("<ins>")[1]
