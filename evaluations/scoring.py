"""Pure: totals of a review, their mean and how far apart they are. In Decimal, to two places."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(value):
    """To the cent of a point, halves away from nothing: the only rounding of the evaluation."""
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def total(points):
    """The total of a review: the points of the levels add up, since each criterion's weight is its points."""
    return rounded(sum(points, start=0))


def mean(totals):
    """The mean of the totals of an application: every evaluator weighs the same."""
    return rounded(Decimal(sum(totals, start=Decimal(0))) / len(totals))


def spread(totals):
    """How far apart its evaluators are: the highest total less the lowest."""
    return rounded(max(totals) - min(totals))
