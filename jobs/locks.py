"""Locks and the clock of the database, the same words on both databases (decisions 8 and 10).

On SQLite every transaction is IMMEDIATE: whoever is inside one writes alone, so that a lock adds nothing.
"""

from datetime import UTC, datetime

from django.core.exceptions import EmptyResultSet
from django.db import connections


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
    model = queryset.model
    table, key = (connection.ops.quote_name(n) for n in (model._meta.db_table, model._meta.pk.column))
    try:
        wanted, values = queryset.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE {key} IN ({wanted}) ORDER BY {key} FOR {strength}",  # noqa: S608 -- quoted names
            values,
        )


def _one(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
