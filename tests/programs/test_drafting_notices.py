"""Who hears what on the way of a draft, each once and in the transaction of the act."""

import pytest

from accounts.models import Notice
from programs.actions import signoff
from programs.actions.publication import CannotPublish
from tests.factories.programs import EditionFactory, people_of, publish

pytestmark = pytest.mark.django_db


def told(kind):
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("to", "link"))


def page(edition):
    return f"/redaccion/{edition.code}/firmas/"


def test_whoever_signs_next_is_told_at_each_step():
    edition = EditionFactory(sent=True)
    people = people_of(edition)
    for role in ("legal", "budget", "auditor"):
        signoff.sign(edition, by=getattr(people, role))

    assert told("edition.to_sign") == [
        (person.pk, page(edition))
        for person in (people.legal, people.budget, people.auditor, people.assessor)
    ]


def test_the_head_is_told_that_the_edition_is_approved():
    edition = EditionFactory(approved=True)

    assert told("edition.approved") == [(people_of(edition).head.pk, page(edition))]


def test_the_sender_is_told_the_reason_of_a_refusal():
    edition = EditionFactory(sent=True)
    people = people_of(edition)

    signoff.refuse(edition, reason="Falta el fundamento.", by=people.legal)

    assert told("edition.refused") == [(people.editor.pk, page(edition))]
    assert "Falta el fundamento." in Notice.objects.get(kind="edition.refused").body


def test_publishing_tells_the_agency_and_planning_once_and_offers_the_call_to_operators():
    edition = EditionFactory(approved=True)
    people = people_of(edition)

    publish(edition)

    here = [people.editor, people.legal, people.operator, people.verifier, people.head]
    notices = Notice.objects.filter(kind="edition.published")
    assert {one.to for one in notices} == {*here, people.assessor, people.guide_owner}
    assert notices.count() == 7
    lengths = {one.to_id: len(one.body) for one in notices}
    assert all(
        lengths[people.operator.pk] > length for who, length in lengths.items() if who != people.operator.pk
    )


def test_nobody_is_told_of_a_publication_that_fails():
    edition = EditionFactory(approved=True)

    with pytest.raises(CannotPublish):
        publish(edition, gazette_number="")

    assert not Notice.objects.filter(kind="edition.published").exists()
