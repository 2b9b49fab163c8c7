"""The promise ledger: appended, never overwritten; lateness derived, its reason kept."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import acts
from accounts.models import TrailEntry
from calls import ledger
from calls.actions import promises
from calls.actions.promises import CannotPromise, CannotRecord
from tests.factories.calls import ActualDateFactory, CallFactory, PlannedDateFactory, operator_of

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
APRIL = datetime(2026, 4, 10, 12, 0, tzinfo=MEXICO)
REASON = "Se suma una sesión del comité."


def promise_of(call, milestone, *, at=APRIL):
    return next(p for p in ledger.of(call, at=at) if p.milestone == milestone)


def change(call, milestone, on, *, reason=REASON, at=APRIL):
    return promises.change_date(call, milestone, on, reason=reason, by=operator_of(call), at=at)


def test_a_changed_promise_keeps_the_former_date_with_its_reason():
    call = CallFactory(published=True)

    change(call, "ruling", date(2026, 4, 28))

    promise = promise_of(call, "ruling")
    assert (promise.planned.on, promise.planned.number, promise.planned.reason) == (
        date(2026, 4, 28),
        2,
        REASON,
    )
    assert [former.on for former in promise.former] == [date(2026, 4, 24)]
    assert TrailEntry.objects.about(call).last().note == "ruling 2026-04-28"


def test_what_the_rules_count_from_a_date_follows_it_with_the_same_reason():
    call = CallFactory(published=True)

    change(call, "results_published", date(2026, 5, 12))

    follower = promise_of(call, "agreements_signed")
    assert (follower.planned.on, follower.planned.reason) == (date(2026, 5, 27), REASON)
    assert promise_of(call, "ruling").former == ()


@pytest.mark.parametrize(
    ("milestone", "on", "reason", "field"),
    [
        ("ruling", date(2026, 4, 28), "  ", "reason"),
        ("ruling", date(2026, 4, 24), REASON, "on"),
        ("ruling", date(2026, 5, 5), REASON, "on"),  # the Rules allow until 4 May
        ("ruling", date(2026, 4, 9), REASON, "on"),  # yesterday
        ("call_closed", date(2026, 4, 20), REASON, "milestone"),
        ("documents_delivered", date(2026, 4, 20), REASON, "milestone"),  # its day has passed: it is late
        ("unknown", date(2026, 4, 20), REASON, "milestone"),
    ],
)
def test_a_promise_is_not_changed_without_reason_beyond_the_rules_or_once_it_is_late(
    milestone, on, reason, field
):
    call = CallFactory(published=True)

    with pytest.raises(CannotPromise) as refusal:
        change(call, milestone, on, reason=reason)

    assert refusal.value.field == field
    assert call.planned_dates.filter(number__gt=1).count() == 0


def test_a_draft_promises_nothing_yet():
    call = CallFactory()

    with pytest.raises(acts.ActNotPossible):
        change(call, "ruling", date(2026, 4, 28))


def test_a_milestone_that_happened_is_no_longer_a_promise():
    call = CallFactory(published=True)
    promises.record_actual(call, "documents_delivered", date(2026, 4, 7), by=operator_of(call), at=APRIL)

    with pytest.raises(CannotPromise):
        change(call, "documents_delivered", date(2026, 4, 20))


def test_a_milestone_on_its_day_is_kept_and_a_late_one_says_why():
    call = CallFactory(published=True)
    rita = operator_of(call)

    with pytest.raises(CannotRecord) as refusal:
        promises.record_actual(call, "documents_delivered", date(2026, 4, 9), by=rita, at=APRIL)
    promises.record_actual(
        call, "documents_delivered", date(2026, 4, 9), by=rita, at=APRIL, reason="Falla del correo."
    )

    assert refusal.value.field == "reason"
    promise = promise_of(call, "documents_delivered")
    assert (promise.status, promise.delay.calendar, promise.delay.business) == ("late", 2, 2)
    assert promise.actual.reason == "Falla del correo."


@pytest.mark.parametrize(
    ("milestone", "on"),
    [
        ("documents_delivered", date(2026, 4, 11)),  # tomorrow
        ("documents_delivered", date(2026, 3, 1)),  # before the call opened
        ("results_published", date(2026, 4, 10)),  # written by the release of results
        ("call_closed", date(2026, 4, 1)),  # written by the close
    ],
)
def test_what_has_not_happened_or_is_written_by_an_act_is_not_recorded_by_hand(milestone, on):
    call = CallFactory(published=True)

    with pytest.raises(CannotRecord):
        promises.record_actual(call, milestone, on, by=operator_of(call), at=APRIL)


def test_a_date_that_happened_is_recorded_once():
    call = CallFactory(published=True)
    rita = operator_of(call)
    promises.record_actual(call, "documents_delivered", date(2026, 4, 7), by=rita, at=APRIL)

    with pytest.raises(CannotRecord):
        promises.record_actual(call, "documents_delivered", date(2026, 4, 6), by=rita, at=APRIL)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calls_planneddate SET \"on\" = '2026-12-31' WHERE call_id = {call} AND milestone = 'ruling'",
        "UPDATE calls_planneddate SET is_promise = {false} WHERE call_id = {call}",
        "DELETE FROM calls_planneddate WHERE call_id = {call} AND milestone = 'ruling'",
        "UPDATE calls_actualdate SET \"on\" = '2026-01-01' WHERE call_id = {call}",
        "DELETE FROM calls_actualdate WHERE call_id = {call}",
    ],
)
def test_the_database_itself_refuses_to_rewrite_a_promise_or_what_happened(statement):
    call = CallFactory(published=True)
    false = "FALSE" if connection.vendor == "postgresql" else "0"

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(call=call.pk, false=false))

    assert call.planned_dates.get(milestone="ruling").on == date(2026, 4, 24)


def test_rows_have_factories():
    assert PlannedDateFactory().number == 9
    assert ActualDateFactory().milestone == "ruling"
