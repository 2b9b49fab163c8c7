"""The trail is append-only, for the ORM and for raw SQL, on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import triggers
from accounts.models import TrailEntry
from accounts.models.trail import TrailIsAppendOnly
from accounts.triggers import Guard
from tests.factories.accounts import BodyFactory, TrailEntryFactory

pytestmark = pytest.mark.django_db


def test_the_models_refuse_to_change_or_remove_a_line():
    entry = TrailEntryFactory()

    entry.note = "something else"
    with pytest.raises(TrailIsAppendOnly):
        entry.save()
    with pytest.raises(TrailIsAppendOnly):
        entry.delete()
    with pytest.raises(TrailIsAppendOnly):
        TrailEntry.objects.filter(pk=entry.pk).update(note="something else")
    with pytest.raises(TrailIsAppendOnly):
        TrailEntry.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_trailentry SET note = 'something else' WHERE id = %s",
        "UPDATE accounts_trailentry SET by_id = NULL WHERE id = %s",
        "UPDATE accounts_trailentry SET at = recorded_at WHERE id = %s",
        "DELETE FROM accounts_trailentry WHERE id = %s",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_a_line(statement):
    entry = TrailEntryFactory()

    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        run(statement, entry.pk)

    assert TrailEntry.objects.get(pk=entry.pk).note == ""


def test_a_guard_frozen_by_condition_leaves_the_other_rows_free():
    guard = Guard("accounts_body", frozen="OLD.is_demo")
    triggers.lay(guard, connection)
    free, frozen = BodyFactory(), BodyFactory(is_demo=True)

    run("UPDATE accounts_body SET name_es = 'Otra' WHERE id = %s", free.pk)
    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        run("UPDATE accounts_body SET name_es = 'Otra' WHERE id = %s", frozen.pk)

    triggers.remove(guard, connection)
    run("UPDATE accounts_body SET name_es = 'Otra' WHERE id = %s", frozen.pk)
    frozen.refresh_from_db()
    assert frozen.name_es == "Otra"


def test_a_free_column_of_a_frozen_row_may_change_alone():
    guard = Guard("accounts_body", free=("short_name",))
    triggers.lay(guard, connection)
    body = BodyFactory()

    run("UPDATE accounts_body SET short_name = 'X' WHERE id = %s", body.pk)
    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        run("UPDATE accounts_body SET short_name = 'Y', name_es = 'Otra' WHERE id = %s", body.pk)

    body.refresh_from_db()
    assert body.short_name == "X"
    triggers.remove(guard, connection)


@pytest.mark.parametrize("_time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_a_test_that_commits(_time):
    entry = TrailEntryFactory()

    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        run("DELETE FROM accounts_trailentry WHERE id = %s", entry.pk)

    assert TrailEntry.objects.count() == 1


def test_every_guarded_table_exists():
    tables = set(connection.introspection.table_names())

    assert {guard.table for guard in triggers.all_guards()} <= tables
    assert "accounts_trailentry" in {guard.table for guard in triggers.all_guards()}


def run(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
