"""Locks order those who accept and those who close; the clock is the database's."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from accounts.models import Body
from jobs import locks
from tests.factories.accounts import BodyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lock_outside_a_transaction_is_refused():
    BodyFactory()

    with pytest.raises(locks.NoTransaction):
        locks.share(Body.objects.all())


def test_the_rows_come_as_they_are_now():
    body = BodyFactory(name_es="Antes")
    Body.objects.filter(pk=body.pk).update(name_es="Ahora")

    with transaction.atomic():
        (held,) = locks.exclusive(Body.objects.filter(pk=body.pk))

    assert held.name_es == "Ahora"


@pytest.mark.parametrize("lock", [locks.exclusive, locks.exclusive_at_once])
def test_a_lock_that_reads_is_refused_outside_a_transaction_too(lock):
    with pytest.raises(locks.NoTransaction):
        lock(Body.objects.all())


def test_whoever_waited_reads_what_the_other_wrote():
    body, came, entered, leave = BodyFactory(name_es="Antes"), [], threading.Event(), threading.Event()

    def written(rows):
        locks.exclusive_at_once(rows)
        rows.update(name_es="Ahora")

    def read(rows):
        came.extend(locks.exclusive_at_once(rows.filter(pk=body.pk)))

    one = hold(written, [], "first", entered=entered, leave=leave)
    assert entered.wait(timeout=5)
    other = hold(read, [], "second")
    time.sleep(0.2)
    leave.set()
    one.join()
    other.join()

    assert [held.name_es for held in came] == ["Ahora"]


def test_the_clock_is_the_databases_and_moves_inside_a_transaction():
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC)), transaction.atomic():
        first = locks.database_now()
        time.sleep(0.02)
        second = locks.database_now()

    assert second > first
    assert first.year > 2001
    assert first.tzinfo is not None
    assert second - first < timedelta(seconds=5)


def hold(lock, events, name, *, entered=None, leave=None):
    def work():
        try:
            with transaction.atomic():
                lock(Body.objects.all())
                events.append(f"{name} in")
                if entered:
                    entered.set()
                if leave:
                    leave.wait(timeout=5)
                    time.sleep(0.05)
                events.append(f"{name} out")
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.parametrize(("first", "second"), [("share", "exclusive"), ("exclusive", "share")])
def test_closing_waits_for_those_who_are_inside(first, second):
    BodyFactory()
    events, entered, leave = [], threading.Event(), threading.Event()
    one = hold(getattr(locks, first), events, "first", entered=entered, leave=leave)
    assert entered.wait(timeout=5)
    other = hold(getattr(locks, second), events, "second")
    time.sleep(0.2)
    leave.set()
    one.join()
    other.join()

    assert events == ["first in", "first out", "second in", "second out"]


@pytest.mark.postgresql
def test_two_who_share_are_inside_together():
    BodyFactory()
    events, entered, leave = [], threading.Event(), threading.Event()
    one = hold(locks.share, events, "first", entered=entered, leave=leave)
    assert entered.wait(timeout=5)
    other = hold(locks.share, events, "second")
    other.join(timeout=5)
    leave.set()
    one.join()

    assert events == ["first in", "second in", "second out", "first out"]
