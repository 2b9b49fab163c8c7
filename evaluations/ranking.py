"""Pure: the order of the applications, how each tie was broken, and the outcome that follows from it.

The order is by mean of the totals; equal means are told apart by the criteria that the Rules name, in
their order, and what is still equal by the earlier reception.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import zip_longest

from evaluations import scoring

AWARD, RESERVE, NOT_AWARDED = "award", "reserve", "not_awarded"
EARLIER, FOLIO = "earlier", "folio"


@dataclass(frozen=True)
class Scored:
    """An application with the totals of its reviews and, per criterion key, the points each one gave.

    ``readers``: who gave each total, in the same order.
    """

    key: object
    totals: tuple[Decimal, ...]
    points: dict = field(hash=False)
    received_at: datetime
    requested: Decimal = Decimal(0)
    folio: str = ""
    readers: tuple = ()

    @property
    def mean(self):
        return scoring.mean(self.totals)

    @property
    def spread(self):
        return scoring.spread(self.totals)

    def in_criterion(self, key):
        """The mean of the points it got in one criterion; nothing scored counts as nothing."""
        given = self.points.get(key) or (0,)
        return scoring.mean(given)


@dataclass(frozen=True)
class Tie:
    """Why one goes before the next of the same mean: a criterion's key, ``earlier`` or ``folio``."""

    broken_by: str
    first: object
    second: object


@dataclass(frozen=True)
class Place:
    """A place of the ranking. ``tie`` tells it apart from the next one, where the means are equal."""

    rank: int
    scored: Scored
    tie: Tie | None = None

    @property
    def mean(self):
        return self.scored.mean

    @property
    def spread(self):
        return self.scored.spread


def ranked(applications, tie_break=()):
    """The places, best first. ``tie_break`` holds the keys of the criteria that break ties, in order."""
    ordered = sorted(applications, key=lambda scored: _sort_key(scored, tie_break))
    pairs = zip_longest(ordered, ordered[1:])
    return [
        Place(rank, scored, _tie(scored, after, tie_break))
        for rank, (scored, after) in enumerate(pairs, start=1)
    ]


def _sort_key(scored, tie_break):
    by_criteria = (-scored.in_criterion(key) for key in tie_break)
    return (-scored.mean, *by_criteria, scored.received_at, scored.folio, str(scored.key))


def _tie(first, second, tie_break):
    if second is None or first.mean != second.mean:
        return None
    for key in tie_break:
        mine, other = first.in_criterion(key), second.in_criterion(key)
        if mine != other:
            return Tie(key, mine, other)
    if first.received_at == second.received_at:
        return Tie(FOLIO, first.folio, second.folio)
    return Tie(EARLIER, first.received_at, second.received_at)


@dataclass(frozen=True)
class Proposal:
    """What the ranking, the pass mark and the budget give, before the committee decides."""

    place: Place
    outcome: str
    amount: Decimal | None = None
    reserve_order: int | None = None


def proposals(places, *, pass_mark, budget):
    """The outcome of each place: who reaches the pass mark is awarded in order while the budget covers it.

    From the first that the budget does not cover on, those that pass go to the reserve list in order:
    nobody is passed over because they asked for more.
    """
    left, reserve, found = budget, 0, []
    for place in places:
        if place.mean < pass_mark:
            found.append(Proposal(place, NOT_AWARDED))
        elif not reserve and place.scored.requested <= left:
            left -= place.scored.requested
            found.append(Proposal(place, AWARD, amount=place.scored.requested))
        else:
            reserve += 1
            found.append(Proposal(place, RESERVE, reserve_order=reserve))
    return found
