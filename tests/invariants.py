"""What the tests ask of the invariants: that all of them hold, and that each one finds what was broken.

Rows are broken past the actions, and past the guards of the database, as whoever holds it could.
"""

from contextlib import contextmanager

import pytest
from django.db import connection, models, transaction

from accounts import triggers
from jobs import soundness

# What factories that build a call or an application in one statement leave out, and no act would
BUILT_IN_ONE_STATEMENT = (
    "calls.admitted-applications-have-their-requirements-met",
    "calls.folios-were-given-by-their-series",
    "calls.received-applications-are-sealed",
    "calls.senders-bind-their-organization",
    "programs.published-rules-were-signed-by-all",
)


def assert_invariants_hold(*, besides=()):
    """Every invariant holds of what the test left, files included; ``besides`` those that a factory skips."""
    found = [(one.key, soundness.named(thing)) for one, thing in soundness.violations(files=True)]

    unexpected = [broken for broken in found if broken[0] not in besides]
    assert unexpected == [], unexpected


@contextmanager
def undone_together(blocker):
    """A world that the tests of a module share, in one transaction that is undone after them."""
    with blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # the acts that must be outermost are, as far as the portal can tell
        with whole:
            yield
            transaction.set_rollback(True)


def story_of(play):
    """The fixture of a module whose tests share the world that ``play`` makes."""

    @pytest.fixture(scope="module")
    def story(django_db_setup, django_db_blocker):
        with undone_together(django_db_blocker):
            yield play()

    return story


def breaking_of(app, *parts):
    """What breaks each invariant of an app, by its whole key."""
    return {f"{app}.{key}": breaking for part in parts for key, breaking in part.items()}


def assert_is_seen(key, breaking, *world):
    """What ``breaking`` breaks, and gives, is named by the invariant, which held before. All is undone."""
    before = broken_by(key)
    assert before == [], before

    with transaction.atomic():
        expected = breaking(*world)
        expected = [expected] if isinstance(expected, str | models.Model) else expected
        names, found = sorted(soundness.named(thing) for thing in expected), broken_by(key)
        assert found == names, (found, names)
        transaction.set_rollback(True)


def broken_by(key):
    return sorted(soundness.named(thing) for _one, thing in soundness.violations([key]))


def overwrite(row, **changes):
    """Change a row as nobody can, and give it as it is now."""
    _lift_guards(type(row))
    models.QuerySet(type(row)).filter(pk=row.pk).update(**changes)
    return type(row)._base_manager.get(pk=row.pk)


def overwrite_all(rows, **changes):
    _lift_guards(rows.model)
    models.QuerySet(rows.model).filter(pk__in=list(rows.values_list("pk", flat=True))).update(**changes)


def erase(row):
    """Take a row out, whatever hangs on it."""
    _lift_guards(type(row))
    models.QuerySet(type(row)).filter(pk=row.pk)._raw_delete("default")


def put_in(factory, **fields):
    """A row that the guards of its table would refuse."""
    _lift_guards(factory._meta.model)
    return factory(**fields)


def told(subject, *_changes):
    """The subject that is named for changes of other rows, as it is after them."""
    return type(subject)._base_manager.get(pk=subject.pk)


def refused(row, constraint, **changes):
    """A change that a check of the table refuses, made all the same; and what is said of it."""
    with _unchecked(type(row), constraint):
        return f"{soundness.named(overwrite(row, **changes))}: {constraint}"


def dangling(row, reference):
    """A reference that leads nowhere; and what is said of it."""
    return f"{soundness.named(overwrite(row, **{f'{reference}_id': 10**6}))}: {reference}"


@contextmanager
def _unchecked(model, constraint):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()  # nothing is altered while references are still to be checked
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint}")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def _lift_guards(model):
    if connection.vendor == "postgresql":
        connection.check_constraints()
    for guard in triggers.all_guards():
        if guard.table == model._meta.db_table:
            triggers.remove(guard, connection)
