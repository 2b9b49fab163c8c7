"""Two people, eight threads: one application is begun, one submission is received, whatever the database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connections, transaction

from accounts.models import Role, TrailEntry
from calls.actions import answers, applications, vault
from calls.contents import Contents
from calls.models import Application, Submission
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    pdf_file,
    representative_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def race(act, people):
    """Everybody presses at once; gives what each got: a result or the exception."""
    gate = Barrier(THREADS)

    def press(number):
        gate.wait()
        try:
            return act(people[number % len(people)])
        except Exception as told:  # the test looks at what each was told
            return told
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(press, range(THREADS)))


def two_people_of(organization):
    other = UserFactory(name="Carla Soto")
    MembershipFactory(user=other, body=organization.body, role=Role.REPRESENTATIVE)
    return [representative_of(organization), other]


def test_one_submission_is_received_and_the_others_are_told_its_folio():
    application = ApplicationFactory(complete=True)
    people = two_people_of(application.organization)

    results = race(lambda person: applications.submit(fresh(application), by=person), people)

    received = [one for one in results if isinstance(one, Submission)]
    told = [one for one in results if isinstance(one, applications.AlreadySubmitted)]
    assert (len(received), len(told)) == (1, THREADS - 1)
    folio = fresh(application).folio
    assert all(folio in str(one) for one in told)
    assert TrailEntry.objects.about(application).filter(act="application.submit").count() == 1


def test_a_double_click_of_one_person_gives_the_same_receipt_to_all():
    application = ApplicationFactory(complete=True)
    ana = representative_of(application.organization)

    results = race(lambda person: applications.submit(fresh(application), by=person, key="una"), [ana])

    assert {one.pk for one in results} == {Submission.objects.get().pk}


def test_one_organization_begins_one_application():
    call, organization = OpenCallFactory(), OrganizationFactory()
    people = two_people_of(organization)

    results = race(lambda person: applications.start(call, organization, by=person), people)

    begun = [one for one in results if isinstance(one, Application)]
    told = [one for one in results if isinstance(one, applications.AlreadyStarted)]
    assert (len(begun), len(told)) == (1, THREADS - 1)
    assert Application.objects.get() == begun[0]


def fresh(application):
    return Application.objects.get(pk=application.pk)


def test_of_a_document_kept_at_once_by_two_one_is_the_current_one():
    organization = OrganizationFactory()
    people = two_people_of(organization)

    results = race(lambda person: vault.keep(organization, "articles", pdf_file(), by=person), people)

    current = organization.vault.current().get()
    assert organization.vault.count() == THREADS
    assert current.pk == max(one.pk for one in results)


def test_whoever_waited_to_write_reads_the_modality_that_was_chosen_meanwhile():
    """One chooses the modality and keeps the draft a moment; the other waits for it."""
    application = ApplicationFactory()
    modality, writer = Contents(application).modalities[0], representative_of(application.organization)
    holding = Event()

    def choose():
        with transaction.atomic():
            answers.save_project(application, {"modality": answers.Typed(modality.key)}, by=writer)
            holding.set()
            sleep(0.3)

    def wait():
        holding.wait(timeout=5)
        with transaction.atomic():
            held, _at = answers.hold(application, at=None)
            return held.modality

    assert application.modality is None
    assert in_threads(choose, wait) == [None, modality]


def in_threads(*works):
    def done(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(done, works))
