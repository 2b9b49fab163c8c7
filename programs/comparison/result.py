"""The comparison of two documents, as a page shows it."""

from dataclasses import dataclass

from programs.comparison.clauses import compare_clauses
from programs.comparison.data import compare_data


@dataclass(frozen=True)
class Side:
    """One of the two editions that are compared, as it calls itself."""

    code: str
    program: str
    agency: str
    year: int | None

    @classmethod
    def of(cls, document):
        edition = document.get("edition", {})
        return cls(
            code=edition.get("code", ""),
            program=edition.get("program", {}).get("name", ""),
            agency=edition.get("agency", {}).get("acronym", ""),
            year=edition.get("fiscal_year"),
        )


@dataclass(frozen=True)
class Comparison:
    """Data changes first, then clauses. What did not change is counted, not shown."""

    before: Side
    after: Side
    blocks: list
    clauses: list

    @property
    def changed_clauses(self):
        return [clause for clause in self.clauses if clause.is_change]

    @property
    def rows(self):
        return [row for block in self.blocks for row in block.rows]

    @property
    def effects(self):
        return [effect for row in self.rows for effect in row.every_effect]

    @property
    def more(self):
        """How many changes weigh more on organizations."""
        return sum(effect.is_more for effect in self.effects)

    @property
    def less(self):
        return sum(not effect.is_more for effect in self.effects)

    @property
    def is_empty(self):
        return not self.blocks and not self.changed_clauses


def compare(before: dict, after: dict) -> Comparison:
    """What changed from one document to the other, in the words of whoever reads."""
    return Comparison(
        Side.of(before), Side.of(after), compare_data(before, after), compare_clauses(before, after)
    )
