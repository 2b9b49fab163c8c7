"""A deed: what may be done to which things, when, by whom. What is not said is refused.

Each is done at its best: whatever else it asks for (reasons, levels, why it comes late) is given, so that
only who does it and where things stand decide.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

WHY = {"reasons": "Se revisó el expediente.", "legal_basis": "Componente 10 de las Reglas."}
keys = itertools.count()


@dataclass(frozen=True)
class Deed:
    """``things`` it may be tried on; ``when`` the time for one has come; ``whose`` it is, by name."""

    name: str
    things: Callable
    when: Callable
    whose: Callable
    do: Callable

    def ready(self, life):
        """What it can be done to now, and by whom."""
        due = ((thing, self.whose(life, thing)) for thing in self.things(life) if self.when(life, thing))
        return [(thing, sorted(names)) for thing, names in due if names]


def only(*names):
    return lambda life, thing: set(names)


def seated(*roles, besides=()):
    return lambda life, thing: life.holding(*roles) | set(besides)


def now():
    return timezone.now()


def the_call(life):
    return [life.call]


def each(life):
    """Each application."""
    return life.applications()


def is_over(life):
    return life.call.is_ended


DESK = only("operator", "head")
