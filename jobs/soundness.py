"""Is what is stored sound? Rules that must hold of the rows, whoever wrote them and however.

An app lists its rules in its ``invariants`` module::

    @invariant
    def awards_within_the_budget():
        \"\"\"The awards of a call add up to no more than its budget.\"\"\"
        return Call.objects.annotate(awarded=...).filter(awarded__gt=F("budget"))

The docstring is the rule in the words of the domain. What the function gives is what breaks it: rows, or
words that name them by folio, code or public id, never by a person's name. It asks as many questions of ten
rows as of a hundred thousand, and holds nothing of the rows that keep the rule.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, Model, Q, QuerySet, Window
from django.db.models.functions import Lag, RowNumber
from django.utils.module_loading import autodiscover_modules

from jobs.naming import public_name

CHUNK = 500
_known: dict[str, "Invariant"] = {}


class UnknownInvariant(LookupError):
    """No app has a rule of that key."""


@dataclass(frozen=True)
class Invariant:
    """A rule: its key, its words, and what finds the rows that break it. Some have to read every file."""

    key: str
    rule: str
    find: Callable[[], Iterable]
    reads_files: bool = False

    def broken_by(self) -> Iterator:
        """What breaks it, one after the other."""
        found = self.find()
        return found.iterator(CHUNK) if isinstance(found, QuerySet) else iter(found)


def invariant(find=None, *, reads_files=False):
    """Decorate the function that finds what breaks a rule: ``app.name-of-the-function`` is its key."""

    def declare(found):
        return add(found, app=found.__module__.split(".")[0], rule=_rule(found), reads_files=reads_files)

    return declare if find is None else declare(find)


def add(find, *, app, rule, name="", reads_files=False):
    """The same for a function that is made and not written."""
    key = f"{app}.{(name or find.__name__).replace('_', '-')}"
    _known[key] = Invariant(key, rule, find, reads_files)
    return find


def _rule(find):
    return " ".join(inspect.getdoc(find).split())


def known():
    """Every rule by its key."""
    autodiscover_modules("invariants")
    return dict(sorted(_known.items()))


def chosen(keys=(), *, files=False):
    """The rules of those keys; without keys, all of them, those that read files where ``files`` says so.

    Raises UnknownInvariant.
    """
    every = known()
    if missing := [key for key in keys if key not in every]:
        raise UnknownInvariant(", ".join(missing))
    return [every[key] for key in keys] or [one for one in every.values() if files or not one.reads_files]


def violations(keys=(), *, files=False):
    """Each rule that is broken with each thing that breaks it."""
    for one in chosen(keys, files=files):
        for thing in one.broken_by():
            yield one, thing


def named(thing):
    """How a thing is called in what is printed of it."""
    if isinstance(thing, Model):
        return f"{thing._meta.label_lower} {public_name(thing) or f'#{thing.pk}'}"
    return str(thing)


# What several rules ask


def out_of_sequence(rows, *of, number="number", first=1):
    """Of rows that are numbered within ``of``, those that are not in the place of their number."""
    place = Window(RowNumber(), partition_by=[F(name) for name in of] or None, order_by=F(number).asc())
    return rows.order_by().annotate(its_place=place).filter(~Q(**{number: F("its_place") + (first - 1)}))


def former(name, *of, by):
    """What a field says in the row before, of those in order within ``of``: for ``annotate``."""
    within = [F(one) for one in of]
    return Window(Lag(name), partition_by=within or None, order_by=[F(one).asc() for one in by])
