"""Pure: what the same scores would have given under other weights, pass mark, budget or tie-break.

The points of a criterion are its share of the weight: under another weight the share stays and the points
follow. Everything is counted in whole numbers and rounded where the evaluation rounds, so that under its
own rules a call gives exactly its own ranking. Nothing is kept.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import lcm
from random import Random

from evaluations import ranking

WHOLE = 100
CENTS = 100


@dataclass(frozen=True)
class File:
    """An application as scored. ``marks``: for each of its readers, the points in each criterion."""

    key: object
    folio: str
    received_at: datetime
    requested: Decimal
    marks: tuple[dict, ...]


@dataclass(frozen=True)
class Rules:
    """What decides: the weight of each criterion, the pass mark, the budget, the order of the tie-break."""

    weights: dict
    pass_mark: int
    budget: Decimal
    tie_break: tuple = ()

    @property
    def total_weight(self):
        return sum(self.weights.values())


@dataclass(frozen=True)
class Line:
    """One file under both rules."""

    file: File
    before: ranking.Proposal
    after: ranking.Proposal

    @property
    def flips(self):
        """Whether the outcome is another one."""
        return self.before.outcome != self.after.outcome

    @property
    def moved(self):
        """How many places it goes up; less than nothing where it goes down."""
        return self.before.place.rank - self.after.place.rank


@dataclass(frozen=True)
class Totals:
    """How many are awarded, how many pass, what is spent and what remains."""

    files: int
    passing: int
    awards: int
    reserve: int
    spent: Decimal
    left: Decimal


@dataclass(frozen=True)
class Comparison:
    """Every file under both rules, in the order of the second, and what both come to."""

    lines: list
    before: Totals
    after: Totals

    @property
    def flips(self):
        return [line for line in self.lines if line.flips]


def play(files, own_weights, rules):
    """What follows for each file under ``rules``, best first. ``own_weights``: those it was scored with."""
    weigh = _Weigher(own_weights, rules)
    places = ranking.ranked(map(weigh.scored, files), rules.tie_break)
    return ranking.proposals(places, pass_mark=rules.pass_mark, budget=rules.budget)


def compare(files, own, other):
    """What changes for files scored under their ``own`` rules when ``other`` ones decide."""
    before, after = play(files, own.weights, own), play(files, own.weights, other)
    was = {proposal.place.scored.key: proposal for proposal in before}
    by_key = {file.key: file for file in files}
    lines = [Line(by_key[key], was[key], one) for one in after if (key := one.place.scored.key) in was]
    return Comparison(lines, totals_of(before, own), totals_of(after, other))


def totals_of(proposals, rules):
    """The counts and the money of an outcome."""
    outcomes = [proposal.outcome for proposal in proposals]
    spent = sum((proposal.amount or Decimal(0) for proposal in proposals), Decimal(0))
    awards, reserve = outcomes.count(ranking.AWARD), outcomes.count(ranking.RESERVE)
    return Totals(len(outcomes), awards + reserve, awards, reserve, spent, rules.budget - spent)


class _Weigher:
    """Points under other weights, exactly: every share has the same denominator."""

    def __init__(self, own, rules):
        self.whole = lcm(*(weight for weight in own.values() if weight)) if any(own.values()) else 1
        self.factors = {
            key: rules.weights.get(key, 0) * (self.whole // weight) if weight else 0
            for key, weight in own.items()
        }
        self.tie_break = rules.tie_break

    def scored(self, file):
        return ranking.Scored(
            key=file.key,
            totals=tuple(self._points(self._total(marks), 1) for marks in file.marks),
            points={key: (self._mean(file.marks, key),) for key in self.tie_break},
            received_at=file.received_at,
            requested=file.requested,
            folio=file.folio,
        )

    def _total(self, marks):
        return sum(points * self.factors.get(key, 0) for key, points in marks.items())

    def _mean(self, marks, key):
        """In one criterion: of the readers who gave it points, as the ranking counts it."""
        given = [one[key] for one in marks if key in one]
        return self._points(sum(given) * self.factors.get(key, 0), len(given)) if given else Decimal(0)

    def _points(self, number, parts):
        """A whole number of shares over so many parts, in points to the cent, halves up."""
        below = self.whole * parts
        return Decimal((2 * CENTS * number + below) // (2 * below)).scaleb(-2)


def invented(criteria, *, seed, count, readers, budget):
    """Files made up from a seed, always the same from the same one: to try Rules nobody applied under yet.

    ``criteria``: per criterion, the points of its levels. Of a project some readers think a level more or
    less than others; together they ask for some two and a half times the budget.
    """
    chance = Random(seed)  # noqa: S311 -- made-up projects, no secret
    first = datetime(2000, 1, 3, 15, 0, tzinfo=UTC)
    return [
        File(
            key=number,
            folio=f"EJEMPLO-{number:04}",
            received_at=first + timedelta(minutes=number),
            requested=_asked(chance, budget, count),
            marks=tuple(_marks(chance, criteria, readers)),
        )
        for number in range(1, count + 1)
    ]


def _asked(chance, budget, count):
    """Whole thousands around two and a half times an even share."""
    share = float(budget) * 2.5 / count
    return max(Decimal(1000), Decimal(round(share * chance.uniform(0.5, 1.5) / 1000) * 1000))


def _marks(chance, criteria, readers):
    """What each reader gives one project."""
    worth = {key: chance.betavariate(4, 2) for key in criteria}
    for _reader in range(readers):
        lean = chance.gauss(0, 0.08)
        yield {
            key: _level(levels, worth[key] + lean + chance.gauss(0, 0.1)) for key, levels in criteria.items()
        }


def _level(levels, worth):
    ordered = sorted(levels)
    return ordered[max(0, min(len(ordered) - 1, round(worth * (len(ordered) - 1))))]
