"""The way of a draft: four signatures in order, each by the right body, none by who sent it."""

import pytest

from accounts.acts import ActNotPossible
from accounts.models import Membership, TrailEntry
from programs.actions import signoff
from programs.actions.signoff import CannotSend, CannotSign
from programs.models import Criterion, Edition, SignOff
from programs.signing import next_step
from tests.factories.programs import EditionFactory, people_of

pytestmark = pytest.mark.django_db

ORDER = ["legal", "budget", "auditor", "assessor"]


def test_send_asks_for_the_first_signature_and_says_who_sent_it():
    edition = EditionFactory(complete=True)
    ana = people_of(edition).editor

    signoff.send(edition, by=ana)

    assert (edition.state, edition.round, edition.sent_by) == ("signoff", 1, ana)
    assert next_step(edition) == SignOff.Step.LEGAL
    entry = TrailEntry.objects.about(edition).get()
    assert (entry.act, entry.from_state, entry.to_state, entry.by) == (
        "edition.send",
        "draft",
        "signoff",
        ana,
    )


def test_nobody_is_asked_to_sign_what_cannot_be_published():
    edition = EditionFactory(complete=True)
    Criterion.objects.of_draft(edition).filter(key="desigualdad").update(weight=59)

    with pytest.raises(CannotSend) as refusal:
        signoff.send(edition, by=people_of(edition).editor)

    assert "weights-add-up" in {finding.code for finding in refusal.value.findings}
    assert Edition.objects.get(pk=edition.pk).state == "draft"


@pytest.mark.parametrize("role", ["legal", "operator", "head", "budget", "auditor", "assessor"])
def test_only_an_editor_sends(role):
    edition = EditionFactory(complete=True)

    with pytest.raises(CannotSend):
        signoff.send(edition, by=getattr(people_of(edition), role))


def test_four_signatures_in_order_approve_the_edition():
    edition = EditionFactory(sent=True)
    people = people_of(edition)

    states = [signoff.sign(edition, by=getattr(people, role)).state for role in ORDER]

    assert states == ["signoff", "signoff", "signoff", "approved"]
    signed = edition.signoffs.values_list("step", "accepted", "by", "round")
    assert list(signed) == [
        (step, True, getattr(people, role).pk, 1)
        for step, role in zip(["legal", "budget", "comptroller", "planning"], ORDER, strict=True)
    ]
    acts = list(TrailEntry.objects.about(edition).values_list("act", flat=True))
    assert acts == ["edition.send", "edition.sign", "edition.sign", "edition.sign", "edition.approve"]


@pytest.mark.parametrize("signed", [0, 1, 2, 3])
@pytest.mark.parametrize("role", [*ORDER, "editor", "operator", "verifier", "head", "guide_owner"])
def test_each_step_is_signed_by_its_role_alone(signed, role):
    edition = EditionFactory(sent=True)
    people = people_of(edition)
    for earlier in ORDER[:signed]:
        signoff.sign(edition, by=getattr(people, earlier))

    may = people_may_sign(edition, getattr(people, role))

    assert may == (role == ORDER[signed])


def people_may_sign(edition, person):
    try:
        signoff.sign(edition, by=person)
    except CannotSign:
        return False
    return True


def test_legal_of_another_agency_does_not_sign():
    edition, other = EditionFactory(sent=True), EditionFactory()

    with pytest.raises(CannotSign):
        signoff.sign(edition, by=people_of(other).legal)


def test_the_role_counts_only_where_the_duty_lies():
    edition = EditionFactory(sent=True)
    people = people_of(edition)
    signoff.sign(edition, by=people.legal)
    outsider = people_of(EditionFactory()).verifier
    Membership.objects.create(user=outsider, body=outsider.memberships.get().body, role="budget")

    with pytest.raises(CannotSign):
        signoff.sign(edition, by=outsider)


def test_who_sent_the_draft_does_not_sign_it_even_with_the_role():
    edition = EditionFactory(sent=True)
    editor = people_of(edition).editor
    Membership.objects.create(user=editor, body=edition.program.agency.body, role="legal")

    with pytest.raises(CannotSign):
        signoff.sign(edition, by=editor)

    assert not edition.signoffs.exists()


def test_a_refusal_has_a_reason_and_brings_the_draft_back():
    edition = EditionFactory(sent=True)
    legal = people_of(edition).legal

    signoff.refuse(edition, reason="Falta el fundamento.", by=legal)

    assert edition.state == "draft"
    assert edition.signoffs.values_list("step", "accepted", "reason").get() == (
        "legal",
        False,
        "Falta el fundamento.",
    )


def test_a_refusal_without_reason_is_refused():
    edition = EditionFactory(sent=True)

    with pytest.raises(CannotSign):
        signoff.refuse(edition, reason="  ", by=people_of(edition).legal)

    assert Edition.objects.get(pk=edition.pk).state == "signoff"


def test_after_a_refusal_every_signature_is_asked_for_again():
    edition = EditionFactory(sent=True)
    people = people_of(edition)
    signoff.sign(edition, by=people.legal)
    signoff.refuse(edition, reason="Los montos no cuadran.", by=people.budget)

    signoff.send(edition, by=people.editor)

    assert (edition.round, next_step(edition)) == (2, SignOff.Step.LEGAL)


def test_an_approved_edition_is_opened_again_with_a_reason():
    edition = EditionFactory(approved=True)
    editor = people_of(edition).editor

    signoff.reopen(edition, reason="Cambió el presupuesto.", by=editor)

    assert edition.state == "draft"
    entry = TrailEntry.objects.about(edition).last()
    assert (entry.act, entry.note) == ("edition.reopen", "Cambió el presupuesto.")


def test_an_edition_is_not_opened_again_without_a_reason():
    edition = EditionFactory(approved=True)

    with pytest.raises(CannotSend):
        signoff.reopen(edition, reason=" ", by=people_of(edition).editor)


def test_what_is_published_is_not_opened_again():
    edition = EditionFactory(published=True)

    with pytest.raises(ActNotPossible):
        signoff.reopen(edition, reason="Error.", by=people_of(edition).editor)
