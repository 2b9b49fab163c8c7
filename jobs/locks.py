"""Locks and the clock of the database, the same words on both databases (decisions 8 and 10).

On SQLite every transaction is IMMEDIATE: whoever is inside one writes alone, so that a lock adds nothing.
"""

from datetime import UTC, datetime

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import DateTimeField, Func, Value


class NoTransaction(Exception):
    """A lock outside a transaction would be released before it could protect anything."""


def share(queryset):
    """Hold the rows so that nobody changes them until the transaction ends; others may hold them too.

    It reads nothing: what is decided about the rows is read after it.
    """
    _lock(queryset, "SHARE")


def exclusive(queryset):
    """Hold the rows alone and give them as they are now: read after the lock, in the order of their keys.

    Waits for everyone who shares them, and whoever comes later waits.
    """
    _lock(queryset, "UPDATE")
    return list(queryset.order_by("pk"))


def exclusive_at_once(queryset):
    """Hold the rows alone and read them in one statement: for what is done at every pause of a keyboard.

    The rows are as they are under the lock. What is joined to them, and the clock, is as it was when the
    statement began, before it waited; what must be newer is read after it. Only what they point to for good
    may be joined: of a key that changed meanwhile PostgreSQL gives the row with nothing behind the key.
    """
    if not connections[queryset.db].in_atomic_block:
        raise NoTransaction
    return list(queryset.order_by("pk").select_for_update(of=("self",)))


def share_and_hold(shared, held):
    """``share`` the rows of one queryset, then hold those of another alone, in one statement and that order.

    It reads nothing either: whatever is read by the next statement is as it is under both locks.
    """
    connection = connections[held.db]
    if not connection.in_atomic_block:
        raise NoTransaction
    if connection.vendor == "postgresql":
        _lock_both(connection, shared, held)


class Clock(Func):
    """The clock of the database, to be read together with rows that are locked already."""

    function = "clock_timestamp"
    output_field = DateTimeField()

    def as_sqlite(self, compiler, connection, **context):
        return Func(
            Value("%Y-%m-%d %H:%M:%f"), Value("now"), function="strftime", output_field=DateTimeField()
        ).as_sql(compiler, connection, **context)


def database_now(using="default"):
    """The time by the clock of the database, at this statement and not at the start of the transaction."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return _one(connection, "SELECT clock_timestamp()").astimezone(UTC)
    text = _one(connection, "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)


def _lock(queryset, strength):
    connection = connections[queryset.db]
    if not connection.in_atomic_block:
        raise NoTransaction
    if connection.vendor == "postgresql":
        _lock_rows(connection, queryset, strength)


def _lock_rows(connection, queryset, strength):
    """Ask for the lock in SQL: Django knows FOR UPDATE but not FOR SHARE."""
    try:
        table, key, (wanted, values) = _named(connection, queryset)
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE {key} IN ({wanted}) ORDER BY {key} FOR {strength}",  # noqa: S608 -- quoted names
            values,
        )


def _lock_both(connection, shared, held):
    """Rows are locked in the order of the clauses: first what is shared, as everybody else does."""
    (first, one, in_first), (second, other, in_second) = (_named(connection, q) for q in (shared, held))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {first} AS shared, {second} AS held "  # noqa: S608 -- quoted names
            f"WHERE shared.{one} IN ({in_first[0]}) AND held.{other} IN ({in_second[0]}) "
            "FOR SHARE OF shared FOR UPDATE OF held",
            (*in_first[1], *in_second[1]),
        )


def _named(connection, queryset):
    """The table and key of a queryset, quoted, and the statement that gives its keys."""
    model = queryset.model
    table, key = (connection.ops.quote_name(n) for n in (model._meta.db_table, model._meta.pk.column))
    return table, key, queryset.order_by().values("pk").query.sql_with_params()


def _one(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
