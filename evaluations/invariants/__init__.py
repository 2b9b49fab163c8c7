"""What must hold of evaluations: who scores and rules, what was sealed, what the results say."""

from evaluations.invariants import afterwards, people, reviews, rulings, sessions
from jobs import constraints

__all__ = ["afterwards", "people", "reviews", "rulings", "sessions"]

constraints.watch("evaluations")
