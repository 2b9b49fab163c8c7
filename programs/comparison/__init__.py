"""What changed between two editions of the Rules: first the data, each change with its weight, then the text.

Pure: two documents in the shape of a snapshot go in, what a reader needs to see comes out.
"""

from programs.comparison.clauses import ClauseChange, compare_clauses
from programs.comparison.data import BlockChange, FieldChange, RowChange, compare_data
from programs.comparison.effects import Direction, Effect
from programs.comparison.patch import Patch, diff
from programs.comparison.result import Comparison, compare

__all__ = [
    "BlockChange",
    "ClauseChange",
    "Comparison",
    "Direction",
    "Effect",
    "FieldChange",
    "Patch",
    "RowChange",
    "compare",
    "compare_clauses",
    "compare_data",
    "diff",
]
