"""Which roles a person holds today, read once for a page that is only read.

Nothing changes while a page is read, so the middleware opens a memory for each GET and everything that asks
who somebody is reads the memberships once. Whatever writes asks the database each time.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_memory: ContextVar[dict | None] = ContextVar("memory of the page", default=None)


@contextmanager
def remembered():
    """What is asked in here about a person is read once."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def by(user):
    """The pairs of role and body (its row) that a person holds now; none for a visitor."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    memory = _memory.get()
    if memory is None:
        return _read(user)
    if user.pk not in memory:
        memory[user.pk] = _read(user)
    return memory[user.pk]


def _read(user):
    return frozenset(user.memberships.current().order_by().values_list("role", "body"))


def roles(user):
    """The roles that a person holds now, in any body."""
    return {role for role, _body in by(user)}


def bodies(user, *wanted):
    """The bodies in which a person holds one of those roles now."""
    return {body for role, body in by(user) if role in wanted}


def anywhere(user, *wanted):
    """Whether a person holds one of those roles now, in any body."""
    return not roles(user).isdisjoint(wanted)


def in_body(user, body, *wanted):
    """Whether a person holds one of those roles now in that body (its row)."""
    return body is not None and body in bodies(user, *wanted)
