"""An application begins with what an earlier one said: the same questions, lines and documents that serve."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import TrailEntry
from calls.actions import applications, copying
from calls.contents import Contents
from calls.models import Answer, Application, EligibilityAnswer, SuppliedDocument
from documents.models import Document
from programs.models import ApplicationQuestion, Requirement
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    drafter_of,
    representative_of,
)
from tests.factories.programs import EditionFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier():
    return ApplicationFactory(submitted=True)


def begin(earlier, ask=None):
    """A new draft of the same organization, in a call of another program whose Rules may ask otherwise."""
    edition = EditionFactory(complete=True)
    if ask:
        ask(edition)
    publish(edition)
    by = representative_of(earlier.organization)
    return applications.start(OpenCallFactory(edition=edition), earlier.organization, by=by)


def copy(earlier, application):
    return copying.copy(earlier, application, by=drafter_of(earlier.organization))


def test_what_is_asked_again_is_answered_already(earlier):
    application = begin(earlier)

    copied = copy(earlier, application)

    application = Application.objects.get(pk=application.pk)
    old, new = Contents(earlier), Contents(application)
    assert application.project_title == earlier.project_title
    assert application.requested_amount == earlier.requested_amount
    assert {q.key: q.given.text for q in new.all_questions if q.given} == {
        q.key: q.given.text for q in old.all_questions if q.given
    }
    assert [(x.rule_key, x.from_grant, x.description) for x in new.lines] == [
        (x.rule_key, x.from_grant, x.description) for x in old.lines
    ]
    assert copied.answers == Answer.objects.filter(application=application).count() > 0
    assert copied.documents == SuppliedDocument.objects.filter(application=application).count() > 0


def test_the_same_file_serves_and_is_not_kept_twice(earlier):
    kept = Document.objects.count()
    application = begin(earlier)

    copy(earlier, application)

    assert Document.objects.count() == kept
    of = SuppliedDocument.objects.filter(replaced_at=None)
    assert set(of.filter(application=application).values_list("document", flat=True)) == set(
        of.filter(application=earlier).values_list("document", flat=True)
    )


def test_what_is_declared_under_protest_is_answered_anew(earlier):
    application = begin(earlier)

    copy(earlier, application)

    assert not EligibilityAnswer.objects.filter(application=application).exists()


@pytest.fixture
def aged(earlier):
    """A document of the earlier application, stored so many days ago."""

    def make(days):
        supplied = SuppliedDocument.objects.filter(application=earlier, replaced_at=None).first()
        stored_at = timezone.now() - timedelta(days=days)
        Document.objects.filter(pk=supplied.document_id).update(stored_at=stored_at)
        return supplied.requirement

    return make


def thirty_days(requirement):
    def ask(edition):
        Requirement.objects.of_draft(edition).filter(key=requirement.key).update(valid_days=30)

    return ask


def test_a_document_that_is_too_old_for_these_rules_is_named_and_not_copied(earlier, aged):
    requirement = aged(31)
    application = begin(earlier, thirty_days(requirement))

    copied = copy(earlier, application)

    assert copied.anew == [(requirement.name, "debe tener como máximo 30 días")]
    of = SuppliedDocument.objects.filter(application=application)
    assert not of.filter(requirement__key=requirement.key).exists()


def test_one_that_is_as_old_as_they_allow_serves(earlier, aged):
    requirement = aged(29)
    application = begin(earlier, thirty_days(requirement))

    assert copy(earlier, application).anew == []


def test_a_question_of_another_kind_with_the_same_key_is_left_alone(earlier):
    question = Contents(earlier).questions[0]
    kinds = ApplicationQuestion.Kind

    def otherwise(edition):
        kind = kinds.DATE if question.kind != kinds.DATE else kinds.LONG
        ApplicationQuestion.objects.of_draft(edition).filter(key=question.key).update(
            kind=kind, word_limit=None
        )

    application = begin(earlier, otherwise)

    copy(earlier, application)

    assert not Answer.objects.filter(application=application, question__key=question.key).exists()


def test_nobody_copies_from_another_organization(earlier):
    stranger = OrganizationFactory(drafter=True)
    call = OpenCallFactory(edition=EditionFactory(published=True))
    application = applications.start(call, stranger, by=representative_of(stranger))

    with pytest.raises(copying.CannotCopy):
        copying.copy(earlier, application, by=representative_of(stranger))
    assert not Answer.objects.filter(application=application).exists()


def test_a_draft_is_not_copied():
    draft = ApplicationFactory(complete=True)

    assert not copying.earlier_of([draft.organization]).exists()
    with pytest.raises(copying.CannotCopy):
        copy(draft, begin(draft))


def test_the_person_chooses_it_when_the_application_begins(client, earlier):
    call = OpenCallFactory(edition=EditionFactory(published=True))
    client.force_login(representative_of(earlier.organization))
    address = reverse("calls:application_start", args=[call.folio])
    assert earlier.folio in client.get(address).text

    answer = client.post(
        address, {"organization": earlier.organization.public_id, "earlier": earlier.public_id}, follow=True
    )

    assert f"Se copió de {earlier.folio}" in answer.text
    application = Application.objects.get(call=call)
    assert application.project_title == earlier.project_title
    entry = TrailEntry.objects.about(application).get(act="application.copy")
    assert entry.note == earlier.folio


def test_one_that_was_never_sent_or_is_of_others_is_no_choice(client, earlier):
    call = OpenCallFactory(edition=EditionFactory(published=True))
    stranger = OrganizationFactory()
    client.force_login(representative_of(stranger))
    address = reverse("calls:application_start", args=[call.folio])

    assert earlier.folio not in client.get(address).text
    client.post(address, {"organization": stranger.public_id, "earlier": earlier.public_id})
    assert not TrailEntry.objects.filter(act="application.copy").exists()


def test_a_second_press_copies_once_and_fails_nowhere(client, earlier):
    call = OpenCallFactory(edition=EditionFactory(published=True))
    client.force_login(representative_of(earlier.organization))
    address = reverse("calls:application_start", args=[call.folio])
    pressed = {
        "organization": earlier.organization.public_id,
        "earlier": earlier.public_id,
        "idempotency_key": "la-misma",
    }

    first, second = (client.post(address, pressed) for _press in range(2))

    assert first.url == second.url
    application = Application.objects.get(call=call)
    assert TrailEntry.objects.about(application).filter(act="application.copy").count() == 1
    assert SuppliedDocument.objects.filter(application=application, replaced_at=None).exists()
