"""Guarded tables refuse to be emptied, so a test that really commits takes them off before it is undone.

They are laid again by the flush itself, which sends ``post_migrate``.
"""

from django.db import connections
from django.test import TransactionTestCase

from accounts import triggers

_teardown = TransactionTestCase._fixture_teardown


def _teardown_without_guards(self):
    for alias in self._databases_names(include_mirrors=False):
        existing = set(connections[alias].introspection.table_names())
        for guard in triggers.all_guards():
            if guard.table in existing:
                triggers.remove(guard, connections[alias])
    _teardown(self)


def lift_before_flush():
    TransactionTestCase._fixture_teardown = _teardown_without_guards
