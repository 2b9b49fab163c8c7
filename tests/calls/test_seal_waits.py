"""Closing the reception waits for the submissions under way."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import DatabaseError, connections, transaction

from calls.actions import applications, calls, withdrawing
from calls.models import Call
from calls.states import CallState
from jobs import locks
from tests.factories.applications import ApplicationFactory, representative_of
from tests.factories.calls import CLOSE, CallFactory
from tests.harness.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_close_comes_after_a_submission_that_holds_the_call():
    call = CallFactory(published=True)
    holding, finished, order = Event(), Event(), []

    def submission():
        try:
            with transaction.atomic():
                locks.share(Call.objects.filter(pk=call.pk))
                holding.set()
                finished.wait(1.5)  # the time that a submission takes; nobody sets it
                order.append("submission")
        finally:
            connections.close_all()

    thread = Thread(target=submission)
    thread.start()
    assert holding.wait(10)
    calls.seal(call, at=CLOSE)
    order.append("seal")
    thread.join(10)

    call.refresh_from_db()
    assert order == ["submission", "seal"]
    assert call.state == CallState.SEALED


def test_sending_withdrawing_and_closing_at_once_wait_for_one_another_and_never_in_a_circle():
    application = ApplicationFactory(complete=True)
    call, ana = application.call, representative_of(application.organization)
    last = call.closes_at - timedelta(seconds=1)

    def press(number):
        if number % 3 == 0:
            return applications.submit(application, by=ana, at=last, key=str(number))
        if number % 3 == 1:
            return withdrawing.withdraw(application, by=ana, at=last)
        return calls.seal(call, at=call.closes_at)

    results = race(press, threads=6)

    assert [one for one in results if isinstance(one, DatabaseError)] == []
    call.refresh_from_db()
    assert call.state == CallState.SEALED
