"""Handing an application in: once, in time, complete, and sealed as it was received."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.utils import timezone

from accounts.acts import sealed_digest
from accounts.dates import exact
from accounts.models import Notice, TrailEntry, TrailSalt
from calls import completeness
from calls.actions import answers, applications
from calls.contents import Contents
from calls.models import Application, Call, Submission
from calls.states import ApplicationState
from jobs.models import Job
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    drafter_of,
    representative_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete():
    return ApplicationFactory(complete=True)


def test_submit_gives_a_folio_of_the_calls_series_and_a_line_in_the_trail(complete):
    ana = representative_of(complete.organization)

    submission = applications.submit(complete, by=ana)

    assert complete.state == ApplicationState.SUBMITTED
    assert complete.folio == f"SOL-{complete.call.folio}-0001"
    assert (complete.submitted_by, complete.submitted_at) == (ana, submission.received_at)
    entry = TrailEntry.objects.about(complete).get(act="application.submit")
    assert (entry.from_state, entry.to_state, entry.by, entry.note) == (
        "draft",
        "submitted",
        ana,
        submission.sha256,
    )
    assert entry.digest == sealed_digest(
        complete, entry.sealed_fields, TrailSalt.objects.get(entry=entry).salt
    )


def test_what_was_received_is_sealed_with_its_hash(complete):
    submission = applications.submit(complete, by=representative_of(complete.organization))

    said = json.loads(submission.snapshot)
    assert submission.sha256 == sha256(submission.snapshot.encode()).hexdigest()
    assert said["folio"] == complete.folio
    assert said["project"]["requested_amount"] == "80000.00"
    assert {answer["key"]: answer["answer"] for answer in said["answers"]}["personas"] == "120"
    assert [len(file["sha256"]) for file in said["documents"]] == [64, 64]


def test_folios_of_one_call_are_consecutive():
    call = OpenCallFactory()
    first, second = (ApplicationFactory(call=call, submitted=True) for _ in range(2))

    assert [first.folio[-4:], second.folio[-4:]] == ["0001", "0002"]


def test_a_retry_with_the_same_key_gives_the_first_submission(complete):
    ana = representative_of(complete.organization)

    first = applications.submit(complete, by=ana, key="doble clic")
    again = applications.submit(complete, by=ana, key="doble clic")

    assert again == first
    assert Submission.objects.count() == 1
    assert TrailEntry.objects.about(complete).filter(act="application.submit").count() == 1


def test_a_second_submission_is_told_which_folio_was_received(complete):
    ana = representative_of(complete.organization)
    applications.submit(complete, by=ana)

    with pytest.raises(applications.AlreadySubmitted) as refusal:
        applications.submit(complete, by=ana)

    assert complete.folio in str(refusal.value)


def test_who_drafts_cannot_send(complete):
    with pytest.raises(applications.CannotSubmit):
        applications.submit(complete, by=drafter_of(complete.organization))

    complete.refresh_from_db()
    assert complete.state == ApplicationState.DRAFT


def test_what_is_missing_is_listed_and_nothing_changes():
    application = ApplicationFactory()

    with pytest.raises(applications.CannotSubmit) as refusal:
        applications.submit(application, by=representative_of(application.organization))

    assert {missing.section for missing in refusal.value.missing} == {
        "eligibility", "project", "questions-1", "documents", "budget",
    }  # fmt: skip
    assert Application.objects.get(pk=application.pk).state == ApplicationState.DRAFT


@pytest.mark.parametrize(("offset", "accepted"), [(-1, True), (0, False), (1, False)])
def test_the_call_closes_to_the_second(complete, offset, accepted):
    ana, closes_at = representative_of(complete.organization), complete.call.closes_at

    if accepted:
        applications.submit(complete, by=ana, at=closes_at + timedelta(seconds=offset))
    else:
        with pytest.raises(applications.CannotSubmit):
            applications.submit(complete, by=ana, at=closes_at + timedelta(seconds=offset))

    complete.refresh_from_db()
    assert (complete.state == ApplicationState.SUBMITTED) is accepted


def test_a_late_submission_is_told_its_second_and_the_cut_off_and_the_draft_stays(complete):
    cut_off = timezone.now() - timedelta(minutes=1)
    Call.objects.filter(pk=complete.call_id).update(closes_at=cut_off)

    with pytest.raises(applications.CannotSubmit) as refusal:
        applications.submit(complete, by=representative_of(complete.organization))

    assert exact(cut_off) in str(refusal.value)
    assert complete.answers.count() == 3


def test_a_sealed_call_receives_nothing(complete):
    Call.objects.filter(pk=complete.call_id).update(state="sealed", sealed_at=timezone.now())

    with pytest.raises(applications.CannotSubmit):
        applications.submit(complete, by=representative_of(complete.organization))


def test_the_receipt_and_the_notices_are_asked_for_once_with_the_submission(complete):
    submission = applications.submit(complete, by=representative_of(complete.organization))
    applications.acknowledge(submission.application)
    applications.acknowledge(submission.application)

    assert Job.objects.filter(task="calls.acknowledge").count() == 1
    assert Job.objects.filter(task="documents.render", label__contains=complete.folio).count() == 1
    people = {representative_of(complete.organization), drafter_of(complete.organization)}
    told = Notice.objects.filter(kind="application.submitted")
    assert {notice.to for notice in told} == people
    assert told.count() == 2


@pytest.mark.parametrize(("minutes", "waits"), [(1, True), (10, False)])
def test_in_the_last_two_minutes_the_receipt_is_made_after_the_close(complete, minutes, waits):
    closes_at = timezone.now() + timedelta(minutes=minutes)
    Call.objects.filter(pk=complete.call_id).update(closes_at=closes_at)

    applications.submit(complete, by=representative_of(complete.organization))

    job = Job.objects.get(task="calls.acknowledge")
    assert (job.run_after > closes_at) is waits
    assert waits or job.run_after <= timezone.now()


def test_one_organization_begins_one_application_for_a_call():
    first = ApplicationFactory()

    with pytest.raises(applications.AlreadyStarted) as refusal:
        applications.start(first.call, first.organization, by=representative_of(first.organization))

    assert refusal.value.application == first


def test_a_double_click_begins_one_application():
    call, organization = OpenCallFactory(), OrganizationFactory()
    ana = representative_of(organization)

    first = applications.start(call, organization, by=ana, key="k")

    assert applications.start(call, organization, by=ana, key="k") == first


def test_nothing_is_begun_in_a_closed_call_or_by_a_stranger():
    organization = OrganizationFactory()
    ana = representative_of(organization)

    with pytest.raises(applications.CannotStart):
        applications.start(OpenCallFactory(closed=True), organization, by=ana)
    with pytest.raises(applications.CannotStart):
        applications.start(OpenCallFactory(), OrganizationFactory(), by=ana)


# Two of them begin and end the transaction. PostgreSQL takes both locks in one more.
STATEMENTS = {"postgresql": 15, "sqlite": 14}


def test_submitting_costs_a_known_number_of_statements(complete, django_assert_num_queries):
    """Beyond what the Rules ask for, which a process reads once."""
    ana = representative_of(complete.organization)
    assert not completeness.missing(Contents(complete))

    with django_assert_num_queries(STATEMENTS[connection.vendor]):
        applications.submit(complete, by=ana)


def test_nothing_is_written_after_it_was_sent(complete):
    ana = representative_of(complete.organization)
    applications.submit(complete, by=ana)

    with pytest.raises(answers.CannotSave):
        answers.save_answers(complete, {"problema": answers.Typed("Otro")}, by=ana)
