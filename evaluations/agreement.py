"""Pure: how far evaluators agree, how harsh each is, and whether they changed while they scored.

None of it changes a score. Agreement is Krippendorff's alpha for ordered levels: 1 is full agreement, 0 what
chance would give, less than 0 that they differ systematically.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import krippendorff

from evaluations import scoring

ENOUGH_FOR_DRIFT = 4  # files: two at the beginning and two at the end


class Why(StrEnum):
    """Why there is no measure of agreement."""

    FEW = "few"
    SINGLE = "single"
    SAME = "same"


@dataclass(frozen=True)
class Agreement:
    """Alpha to two places, or why there is none."""

    alpha: Decimal | None = None
    why: Why | None = None


def agreement(units):
    """Of ratings ``units``: for each thing rated, rater -> value. What fewer than two rated is left out."""
    shared = [unit for unit in units if len(unit) > 1]
    if not shared:
        return Agreement(why=Why.FEW)
    if len(shared) == 1:  # observed and expected disagreement are the same: always zero
        return Agreement(why=Why.SINGLE)
    if len({value for unit in shared for value in unit.values()}) == 1:
        return Agreement(why=Why.SAME)
    alpha = krippendorff.alpha(_matrix(shared), level_of_measurement="ordinal")
    return Agreement(alpha=scoring.rounded(f"{alpha:.4f}"))


def _matrix(units):
    """A row for each rater, a column for each unit; what was not rated is not a number."""
    raters = sorted({rater for unit in units for rater in unit}, key=str)
    return [[float(unit.get(rater, "nan")) for unit in units] for rater in raters]


def differences(units):
    """How far each rater is from the mean of the others, unit by unit: rater -> differences in order.

    Below zero, the rater gave fewer points than the others: is harsher.
    """
    found = {}
    for unit in units:
        for rater, given in unit.items():
            others = [value for other, value in unit.items() if other != rater]
            if others:
                found.setdefault(rater, []).append(Decimal(given) - Decimal(sum(others)) / len(others))
    return found


def harshness(own):
    """The mean difference to the panel, in points; nothing without any file in common."""
    return scoring.mean(own) if own else None


def drift(own):
    """The second half less the first, in the order in which the files were handed in; nothing for a few."""
    if len(own) < ENOUGH_FOR_DRIFT:
        return None
    middle = len(own) // 2
    return scoring.rounded(scoring.mean(own[-middle:]) - scoring.mean(own[:middle]))
