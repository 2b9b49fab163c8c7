"""What the factories build first, in a database that is still empty, is built once, then written as it was.

Most tests begin with the same published Rules or the same call: made by hundreds of statements, played back
by one for each table, the very same rows with the very same numbers. It is done only where it makes no
difference: nothing else in the database, inside a transaction that is undone, the same things asked for, and
a clock that is the real one or stands at the same moment.
"""

import dataclasses
import functools
from datetime import date, timedelta
from decimal import Decimal

import factory
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils import timezone

PLAIN = (str, int, bool, float, Decimal, date, timedelta, type(None))
OF_THE_MIGRATIONS = {"contenttypes", "auth"}
BEFORE_OTHERS = ["evaluations_evaluationsettings"]  # of which the database takes no row once somebody scored

_tapes: dict = {}


class TapedFactory(factory.django.DjangoModelFactory):
    """A factory whose object is played back where it is the first of a test."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy, params):
        def build():
            return super(TapedFactory, cls)._generate(strategy, params)

        return _through_tape((cls.__module__, cls.__qualname__), params, build)


def taped(build):
    """Decorate a function that builds: what it gives is played back where it is the first of a test."""

    @functools.wraps(build)
    def played(*args, **kwargs):
        named = kwargs | {str(place): value for place, value in enumerate(args)}
        return _through_tape((build.__module__, build.__qualname__), named, lambda: build(*args, **kwargs))

    return played


def _through_tape(name, asked, build):
    if not _is_plain(asked) or not _is_fresh():
        return build()
    moment = timezone.now() if time_machine.escape_hatch.is_travelling() else None
    key = name, tuple(sorted(asked.items())), moment
    if key in _tapes:
        made, steps = _tapes[key]
        _play(steps)
        return _recalled(made)
    made = _referred(build())
    _tapes[key] = made, _recorded()
    return _recalled(made)


def _is_plain(asked):
    return all(isinstance(value, PLAIN) for value in asked.values())


def _is_fresh():
    """Nothing was written yet, nothing that is written will stay, and no antivirus looks at the files."""
    if settings.CLAMAV_SOCKET or not connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_anything())
        return not cursor.fetchone()[0]


@functools.cache
def _tables():
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in OF_THE_MIGRATIONS
    ]
    return list(dict.fromkeys([*BEFORE_OTHERS, *(m._meta.db_table for m in ours if m._meta.managed)]))


@functools.cache
def _anything():
    return "SELECT " + " OR ".join(f"EXISTS(SELECT 1 FROM {table})" for table in _tables())


# What is given: rows are named by their numbers, and read anew


@dataclasses.dataclass(frozen=True)
class _Row:
    model: type
    pk: object


def _referred(made):
    return _mapped(made, models.Model, lambda one: _Row(type(one), one.pk))


def _recalled(made):
    return _mapped(made, _Row, lambda one: one.model._base_manager.get(pk=one.pk))


def _mapped(made, kind, change):
    if isinstance(made, kind):
        return change(made)
    if isinstance(made, list | tuple):
        return type(made)(_mapped(one, kind, change) for one in made)
    if isinstance(made, dict):
        return {key: _mapped(one, kind, change) for key, one in made.items()}
    if dataclasses.is_dataclass(made) and not isinstance(made, type):
        fields = {field.name: getattr(made, field.name) for field in dataclasses.fields(made)}
        return type(made)(**_mapped(fields, kind, change))
    return made


# The rows as the database itself writes them, so that they come back exactly. Published Rules, and each
# amendment after them, take rows in while they are approved and no longer: so they are written, and then
# published, as in life.

EDITION, AMENDMENT, PUBLICATION = "programs_edition", "programs_amendment", "programs_publication"
AS_TAKING_IN = "CASE WHEN state IN ('published', 'closed') THEN 'approved' ELSE state END"
MADE_BY_THE_DATABASE = {"programs_clause_words"}  # the column of words


def _recorded():
    """Statement and data of each step, in their order."""
    with connection.cursor() as cursor:
        steps = [*_first_published(cursor)]
        for amendment in _numbers(cursor, AMENDMENT, "state = 'published'", order="number"):
            steps += _amended(cursor, amendment)
        steps.append(_step(cursor, AMENDMENT, "state <> 'published'"))
    return [step for step in steps if step]


def _first_published(cursor):
    yield _step(cursor, EDITION, state=AS_TAKING_IN)
    yield from _taken_in(cursor, "amendment_id IS NULL")
    for table in _tables():
        if table not in (EDITION, AMENDMENT, PUBLICATION):
            yield _step(cursor, table, "publication_id IS NULL" if _takes_part(table) else "TRUE")
    yield from _states(cursor, EDITION)


def _amended(cursor, amendment):
    yield _step(cursor, AMENDMENT, f"id = {amendment}", state=AS_TAKING_IN)
    yield from _taken_in(cursor, f"amendment_id = {amendment}")
    yield from _states(cursor, AMENDMENT, f"id = {amendment}")


def _taken_in(cursor, which):
    """The publications of that kind, and what they took in."""
    yield _step(cursor, PUBLICATION, which)
    these = ",".join(map(str, _numbers(cursor, PUBLICATION, which)))
    for table in filter(_takes_part, _tables() if these else ()):
        yield _step(cursor, table, f"publication_id IN ({these})")


def _takes_part(table):
    return "publication_id" in _columns(table)


def _numbers(cursor, table, which, order="id"):
    cursor.execute(f"SELECT id FROM {table} WHERE {which} ORDER BY {order}")
    return [number for (number,) in cursor.fetchall()]


def _states(cursor, table, which="TRUE"):
    cursor.execute(f"SELECT id, state FROM {table} WHERE {which} AND state IN ('published', 'closed')")
    found = cursor.fetchall()
    return [(f"UPDATE {table} SET state = '{state}' WHERE id = {pk}", None) for pk, state in found]


def _step(cursor, table, which="TRUE", **instead):
    """What writes these rows again; None where there are none."""
    columns = _columns(table)
    read = [instead.get(name, f'"{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    source = f"FROM {table} WHERE {which}"
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY (SELECT {', '.join(read)} {source}) TO STDOUT") as copy:
            rows = b"".join(copy)
        return (f"COPY {table} ({names}) FROM STDIN", rows) if rows else None
    quoted = " || ',' || ".join(f"quote({one})" for one in read)
    cursor.execute(f"SELECT '(' || {quoted} || ')' {source}")
    rows = ",".join(row for (row,) in cursor.fetchall())
    return (f"INSERT INTO {table} ({names}) VALUES {rows}", None) if rows else None


def _play(steps):
    with connection.cursor() as cursor:
        for statement, data in steps:
            if data is None:
                cursor.execute(statement)
                continue
            with cursor.copy(statement) as copy:
                copy.write(data)


@functools.cache
def _columns(table):
    """The columns of a table that are written."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in described if column.name not in MADE_BY_THE_DATABASE]
