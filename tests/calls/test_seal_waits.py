"""Closing the reception waits for the submissions under way."""

from threading import Event, Thread

import pytest
from django.db import connections, transaction

from calls.actions import calls
from calls.models import Call
from calls.states import CallState
from jobs import locks
from tests.factories.calls import CLOSE, CallFactory

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
