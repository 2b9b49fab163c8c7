"""Pure: the score of each application once what is known of its readers' severity is set apart.

A plain additive model: what a reader gives a file is what the file is worth plus what that reader gives
over or under the others. The readers' effects are those of least squares, and add up to nothing; the
adjusted score of a file is the mean of what it was given, each less the effect of who gave it. It is
shown beside the score that counts and decides nothing.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

import numpy

from evaluations import scoring


class Undefined(StrEnum):
    """Why there is no adjusted score: from these scores severity cannot be told from worth."""

    NOTHING = "nothing"
    ONE_READER = "one_reader"
    ONE_EACH = "one_each"
    APART = "apart"


@dataclass(frozen=True)
class Adjusted:
    """The adjusted score and place of each file, or why there is none. ``effects``: by reader."""

    scores: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    effects: dict = field(default_factory=dict)
    undefined: Undefined | None = None
    panels: int = 0


def adjusted(given, order=()):
    """``given``: per file, the total of each of its readers. ``order``: the files as the ranking has them.

    Files of the same adjusted score keep the order of the ranking between them.
    """
    given = {file: totals for file, totals in given.items() if totals}
    panels = panels_of(given)
    if reason := _undefined(given, panels):
        return Adjusted(undefined=reason, panels=len(panels))
    effects = _effects(given)
    scores = {file: _set_apart(totals, effects) for file, totals in given.items()}
    return Adjusted(scores, _places(scores, order), effects, panels=1)


def panels_of(given):
    """The groups of readers linked by files they share: between two groups nobody can be compared."""
    panels = []
    for totals in given.values():
        readers = set(totals)
        linked = [panel for panel in panels if panel & readers]
        panels = [panel for panel in panels if not panel & readers] + [readers.union(*linked)]
    return panels


def _undefined(given, panels):
    if not given:
        return Undefined.NOTHING
    if len({reader for totals in given.values() for reader in totals}) == 1:
        return Undefined.ONE_READER
    if all(len(totals) == 1 for totals in given.values()):
        return Undefined.ONE_EACH
    return Undefined.APART if len(panels) > 1 else None


def _effects(given):
    """Least squares with the files' own worth taken out: a small system, one equation for each reader."""
    readers = sorted({reader for totals in given.values() for reader in totals}, key=str)
    number = {reader: n for n, reader in enumerate(readers)}
    size = len(readers)
    system, answer = numpy.zeros((size, size)), numpy.zeros(size)
    for file in sorted(given, key=str):
        totals = given[file]
        rows = [number[reader] for reader in sorted(totals, key=str)]
        marks = numpy.array([float(totals[readers[n]]) for n in rows])
        answer[rows] += marks - marks.mean()
        system[rows, rows] += 1
        system[numpy.ix_(rows, rows)] -= 1 / len(rows)
    # A common shift of all readers changes nothing: of all solutions this fixes the one of sum nothing
    solved = numpy.linalg.solve(system + 1 / size, answer)
    return {reader: Decimal(repr(float(one))) for reader, one in zip(readers, solved, strict=True)}


def _set_apart(totals, effects):
    return scoring.mean([total - effects[reader] for reader, total in totals.items()])


def _places(scores, order):
    position = defaultdict(int, {file: place for place, file in enumerate(order)})
    ordered = sorted(scores, key=lambda file: (-scores[file], position[file]))
    return {file: place for place, file in enumerate(ordered, start=1)}
