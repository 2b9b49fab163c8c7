"""An extension, the close and a submission press at the same moment: one order, whatever the database."""

from datetime import timedelta

import pytest

from accounts.acts import ActNotPossible
from calls.actions import applications, calls, extensions
from calls.models import Call, Extension, Submission
from calls.states import CallState
from tests.factories.applications import ApplicationFactory, representative_of
from tests.factories.applications import operator_of as desk_of
from tests.factories.calls import CallFactory, operator_of
from tests.harness.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
REASON = "Falló el registro federal."


def test_of_eight_that_extend_to_the_same_minute_one_does():
    call = CallFactory(published=True)
    rita, minute = operator_of(call), call.closes_at + timedelta(days=3)

    results = race(
        lambda _n: extensions.extend(call, minute, reason=REASON, by=rita, at=call.closes_at - SECOND)
    )

    assert sum(isinstance(one, Extension) for one in results) == 1
    assert sum(isinstance(one, extensions.CannotExtend) for one in results) == 7
    assert call.planned_dates.filter(milestone="call_closed").count() == 2


def test_of_an_extension_and_the_close_that_race_one_wins():
    """Each by its own clock: the extension a second before the cut-off, the close at it."""
    call = CallFactory(published=True)
    rita, cutoff = operator_of(call), call.closes_at

    def press(number):
        if number % 2:
            return calls.seal(call, at=cutoff)
        return extensions.extend(call, cutoff + timedelta(days=3), reason=REASON, by=rita, at=cutoff - SECOND)

    results = race(press, threads=2)

    call = Call.objects.get(pk=call.pk)
    extended, sealed = call.extensions.exists(), call.state == CallState.SEALED
    assert extended != sealed
    refused = (extensions.CannotExtend, calls.CannotSeal, ActNotPossible)
    assert sum(isinstance(one, refused) for one in results) == 1
    assert call.actual_dates.filter(milestone="call_closed").exists() == sealed


def test_what_arrives_after_the_former_cutoff_is_received_if_and_only_if_it_was_extended():
    application = ApplicationFactory(complete=True)
    call, cutoff = application.call, application.call.closes_at
    ana, rita = representative_of(application.organization), desk_of(call)

    def press(number):
        if number:
            return applications.submit(application, by=ana, at=cutoff + SECOND)
        return extensions.extend(call, cutoff + MINUTE, reason=REASON, by=rita, at=cutoff - SECOND)

    extended, submitted = race(press, threads=2)

    assert isinstance(extended, Extension)
    received = Submission.objects.filter(application=application).exists()
    assert received == isinstance(submitted, Submission)
    assert received or isinstance(submitted, applications.CannotSubmit)
