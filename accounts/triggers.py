"""Rows that the database itself refuses to change: append-only tables and frozen rows, on both databases.

An app lists its guards in its AppConfig; they are laid after every migration (rebuilding a table on
SQLite drops its triggers, so a migration alone would not be enough).
"""

from dataclasses import dataclass

from django.db import connections
from django.db.models.signals import post_migrate

_guards: dict[str, list["Guard"]] = {}


@dataclass(frozen=True)
class Guard:
    """Refuse UPDATE and DELETE on ``table`` for rows where ``frozen`` (SQL over OLD) holds.

    ``free`` names columns that may still change.
    """

    table: str
    frozen: str = "TRUE"
    free: tuple[str, ...] = ()

    def name(self, event):
        return f"guard_{self.table}_{event}"


def protect(app_config, *guards):
    """Lay ``guards`` whenever the app's tables have been migrated."""
    _guards[app_config.label] = list(guards)
    post_migrate.connect(_lay_guards, sender=app_config, dispatch_uid=f"guards of {app_config.label}")


def all_guards():
    return [guard for guards in _guards.values() for guard in guards]


def _lay_guards(sender, using, **kwargs):
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    for guard in _guards[sender.label]:
        if guard.table in existing:
            lay(guard, connection)


def lay(guard, connection):
    remove(guard, connection)
    with connection.cursor() as cursor:
        for event in ("update", "delete"):
            for statement in _statements(guard, event, connection):
                cursor.execute(statement)


def remove(guard, connection):
    """Take the guard off: for emptying a test database, never in the portal's life."""
    on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for event in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name(event)}{on}")


def _statements(guard, event, connection):
    name, table = guard.name(event), guard.table
    condition = _condition(guard, event, connection)
    if connection.vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'rows of % are kept as they were', TG_TABLE_NAME USING ERRCODE = '23514'; "
            "END $$ LANGUAGE plpgsql"
        )
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({condition}) "
            "EXECUTE FUNCTION refuse_change()"
        )
    else:
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept as they were'); END"
        )


def _condition(guard, event, connection):
    if event == "delete" or not guard.free:
        return f"({guard.frozen})"
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, guard.table)]
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f'OLD."{c}" {differs} NEW."{c}"' for c in columns if c not in guard.free)
    return f"({guard.frozen}) AND ({changed})"
