"""Rows that the database itself refuses to change: append-only tables and frozen rows, on both databases.

An app lists its guards in its AppConfig; they are laid after every migration (rebuilding a table on
SQLite drops its triggers, so a migration alone would not be enough).
"""

from dataclasses import dataclass

from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

_guards: dict[str, list["Guard"]] = {}
EVENTS = ("insert", "update", "delete")


@dataclass(frozen=True)
class Guard:
    """Refuse UPDATE and DELETE on ``table`` for rows where ``frozen`` (SQL over OLD) holds.

    ``free`` names columns that may still change. ``closed`` (SQL over NEW) says which rows may not come to
    be, inserted or changed into; ``never`` (SQL over OLD and NEW) which other changes are refused. The
    conditions may ask other tables.
    """

    table: str
    frozen: str = "TRUE"
    free: tuple[str, ...] = ()
    closed: str = ""
    never: str = ""

    def name(self, event):
        return f"guard_{self.table}_{event}"

    @property
    def asks_other_tables(self):
        return any("SELECT" in condition for condition in (self.frozen, self.closed, self.never))


def protect(app_config, *guards):
    """Lay ``guards`` whenever the app's tables have been migrated."""
    _guards[app_config.label] = list(guards)
    pre_migrate.connect(_lift_guards, sender=app_config, dispatch_uid=f"guards off {app_config.label}")
    post_migrate.connect(_lay_guards, sender=app_config, dispatch_uid=f"guards of {app_config.label}")


def all_guards():
    return [guard for guards in _guards.values() for guard in guards]


def _lift_guards(sender, using, **kwargs):
    """SQLite cannot rebuild a table that the guard of another one asks: those are off while it migrates."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        existing = set(connection.introspection.table_names())
        for guard in _guards[sender.label]:
            if guard.asks_other_tables and guard.table in existing:
                remove(guard, connection)


def _lay_guards(sender, using, **kwargs):
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    for guard in _guards[sender.label]:
        if guard.table in existing:
            lay(guard, connection)


def lay(guard, connection):
    remove(guard, connection)
    with connection.cursor() as cursor:
        for event in EVENTS:
            if condition := _condition(guard, event, connection):
                for statement in _statements(guard, event, condition, connection.vendor):
                    cursor.execute(statement)


def remove(guard, connection):
    """Take the guard off: for emptying a test database, never in the portal's life."""
    is_postgres = connection.vendor == "postgresql"
    on = f" ON {guard.table}" if is_postgres else ""
    with connection.cursor() as cursor:
        for event in EVENTS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name(event)}{on}")
            if is_postgres:
                cursor.execute(f"DROP FUNCTION IF EXISTS {guard.name(event)}()")


def _statements(guard, event, condition, vendor):
    name, table = guard.name(event), guard.table
    if vendor == "postgresql":
        # PostgreSQL asks no other table in WHEN, so the function of the guard asks.
        goes_on = "OLD" if event == "delete" else "NEW"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
            "RAISE EXCEPTION 'rows of % are kept as they were', TG_TABLE_NAME USING ERRCODE = '23514'; "
            f"END IF; RETURN {goes_on}; END $$ LANGUAGE plpgsql"
        )
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    else:
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept as they were'); END"
        )


def _condition(guard, event, connection):
    """When the guard refuses the event; empty when it never does."""
    if event == "insert":
        return guard.closed and f"({guard.closed})"
    if event == "delete":
        return f"({guard.frozen})"
    refused = [_change_of_frozen(guard, connection), guard.closed, guard.never]
    return " OR ".join(f"({condition})" for condition in refused if condition)


def _change_of_frozen(guard, connection):
    if not guard.free:
        return guard.frozen
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, guard.table)]
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f'OLD."{c}" {differs} NEW."{c}"' for c in columns if c not in guard.free)
    return f"({guard.frozen}) AND ({changed})"
