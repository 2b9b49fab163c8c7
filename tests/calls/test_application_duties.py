"""What applications put on ``/mi/`` and on the board: each number and duty for whom it concerns."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calls import duties, panels
from calls.actions import calls as call_actions
from calls.models import Call
from programs.models import Edition
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, operator_of, representative_of

pytestmark = pytest.mark.django_db


def test_a_correction_waits_for_the_organization_until_its_last_minute():
    application = ApplicationFactory(prevented=True)

    (duty,) = duties.applications_to_finish(representative_of(application.organization))

    assert duty.until == application.prevention.due_at - timedelta(minutes=1)
    assert list(duties.applications_to_finish(UserFactory())) == []


@pytest.mark.parametrize(("days", "waits"), [(6, 1), (-1, 0)])
def test_a_draft_waits_while_its_call_is_open(days, waits):
    application = ApplicationFactory()
    Call.objects.filter(pk=application.call_id).update(closes_at=timezone.now() + timedelta(days=days))

    assert len(list(duties.applications_to_finish(representative_of(application.organization)))) == waits


def test_what_was_received_waits_at_the_desk():
    application = ApplicationFactory(submitted=True)

    (duty,) = duties.applications_to_check(operator_of(application.call))

    assert duty.link == f"/solicitudes/mesa/{application.call.folio}/"
    assert list(duties.applications_to_check(representative_of(application.organization))) == []


def test_the_board_counts_what_was_received_only_once_the_reception_closed():
    application = ApplicationFactory(submitted=True)
    scope = Edition.objects.all()
    assert panels.applications(scope, UserFactory())["figures"] == []

    call_actions.seal(application.call, at=application.call.closes_at)

    received, awarded = panels.applications(scope, UserFactory())["figures"]
    assert (received.number, awarded.number) == (1, 0)
