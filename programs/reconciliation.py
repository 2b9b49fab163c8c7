"""Whether the money adds up: what the modalities may cost and the operation, against the budget. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from programs.models import Budget, SupportModality

# Announced figures are rounded: in a real case 61.8 + 22.9 + 0.7 + 4.5 million were said to be 90.
TOLERANCE = Decimal("0.002")


@dataclass(frozen=True)
class Reconciliation:
    """The totals, and the difference between them and the budget: positive when money is left over."""

    modalities: list
    operating: Decimal
    authorized: Decimal

    @property
    def total(self):
        return sum(row.planned_total for row in self.modalities) + self.operating

    @property
    def difference(self):
        return self.authorized - self.total

    @property
    def is_exact(self):
        return not self.difference

    @property
    def is_rounding(self):
        """The difference is no more than two pesos in a thousand: the rounding of announced figures."""
        return abs(self.difference) <= self.authorized * TOLERANCE

    @property
    def over_ceiling(self):
        """The modalities whose supports, at their maximum, would cost more than their ceiling."""
        return [
            row for row in self.modalities if row.expected and row.maximum * row.expected > row.planned_total
        ]


def of(contents):
    """The reconciliation of an edition; nothing while a figure is missing."""
    budget, modalities = contents.single(Budget), contents.rows(SupportModality)
    if budget is None or not modalities or any(row.planned_total is None for row in modalities):
        return None
    return Reconciliation(modalities, budget.operating, budget.authorized)
