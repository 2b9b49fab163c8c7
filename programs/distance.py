"""How far the Rules of several programs stand from one another: documents, criteria and terms. Pure.

Things of several programs are the same when they are called the same, or almost: accents and capitals do
not matter, and three of four words must agree.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from programs import tables
from programs.comparison.alignment import likeness_of_bags
from programs.comparison.effects import WORKING_DAY
from programs.comparison.words import folded
from programs.models import Milestone, MilestoneCode, Requirement, Unit

ALIKE = 0.75
HOW = ("is_obligatory", "delivery", "form", "signature", "quantity", "file_format", "valid_days")
FORMULA = _(
    "The distance goes from 0 (the same) to 100 (nothing in common). It is the mean of three: documents, "
    "criteria and terms. Documents: a document that both ask for counts half for being asked and half for "
    "how (obligatory, delivery, form, signature, quantity, format, validity); twice their sum is divided by "
    "all the documents of both. Criteria: the points that both give to the same criterion, of all the "
    "points. Terms: for each term that either states in days, the shorter divided by the longer. What "
    "neither states is left out."
)


@dataclass(frozen=True)
class Said:
    """What one program's published Rules say, as far as distance goes."""

    edition: object
    requirements: list
    criteria: list
    milestones: list

    @property
    def program(self):
        return self.edition.program


@dataclass
class Group:
    """The same thing in several programs: its name, and the row of each edition that has it."""

    name: str
    kind: str
    bag: Counter
    rows: dict = field(default_factory=dict)

    def holds(self, kind, bag):
        return self.kind == kind and (self.bag == bag or likeness_of_bags(self.bag, bag) >= ALIKE)


def groups(said, rows_of, kind_of=lambda row: ""):
    """The things of all editions, the same ones together. An edition has one row in a group at most."""
    found: list[Group] = []
    for one in said:
        for row in rows_of(one):
            kind, bag = kind_of(row), Counter(folded(row).split())
            free = (group for group in found if one.edition.pk not in group.rows and group.holds(kind, bag))
            group = next(free, None)
            if group is None:
                group = Group(str(row), kind, bag)
                found.append(group)
            group.rows[one.edition.pk] = row
    return found


@dataclass(frozen=True)
class Distance:
    """Between two programs: each part from 0 to 100, None where neither says anything; and their mean."""

    documents: float | None
    criteria: float | None
    terms: float | None

    @property
    def parts(self):
        return [("documents", self.documents), ("criteria", self.criteria), ("terms", self.terms)]

    @property
    def total(self):
        known = [part for _name, part in self.parts if part is not None]
        return round(sum(known) / len(known)) if known else None

    @property
    def tone(self):
        if self.total is None:
            return ""
        return "near" if self.total < 20 else "middle" if self.total < 50 else "far"


class Map:
    """All distances of a set of editions, and what they share and do not share."""

    def __init__(self, said):
        self.said = said
        self.documents = groups(said, lambda one: one.requirements, lambda row: row.stage)
        self.criteria = groups(said, lambda one: one.criteria)
        self.terms = {one.edition.pk: terms_of(one.milestones) for one in said}
        self._distances = {
            (one.edition.pk, other.edition.pk): self._between(one, other)
            for one, other in combinations(said, 2)
        }

    def between(self, one, other):
        here, there = one.edition.pk, other.edition.pk
        return self._distances.get((here, there)) or self._distances.get((there, here))

    def _between(self, one, other):
        here, there = one.edition.pk, other.edition.pk
        return Distance(
            self._documents(one, other, here, there),
            self._criteria(one, other, here, there),
            _of_terms(self.terms[here], self.terms[there]),
        )

    def _documents(self, one, other, here, there):
        every = len(one.requirements) + len(other.requirements)
        if not every:
            return None
        shared = [group.rows for group in self.documents if here in group.rows and there in group.rows]
        alike = sum(0.5 + 0.5 * _agreement(rows[here], rows[there]) for rows in shared)
        return 100 * (1 - 2 * alike / every)

    def _criteria(self, one, other, here, there):
        most = max(sum(row.weight for row in said.criteria) for said in (one, other))
        if not most:
            return None
        shared = [group.rows for group in self.criteria if here in group.rows and there in group.rows]
        return 100 * (1 - sum(min(rows[here].weight, rows[there].weight) for rows in shared) / most)

    # What several programs ask for, each in its way, and what only one asks for

    @property
    def duplicates(self):
        """The same document, asked for in different ways: field, value, and the programs that ask it so."""
        shared = [group for group in self.documents if len(group.rows) > 1]
        return [(group, ways) for group in shared if (ways := self._ways(group))]

    def _ways(self, group):
        found = []
        for name in HOW:
            column = Requirement._meta.get_field(name)
            values: dict[str, list] = {}
            for one in self.said:
                if row := group.rows.get(one.edition.pk):
                    words = tables.value_in_words(row, column, None)
                    values.setdefault(words, []).append(one.program)
            if len(values) > 1:
                found.append((tables.capital(column.verbose_name), list(values.items())))
        return found

    @property
    def agreed(self):
        """How many documents several programs ask for in the same way."""
        return sum(len(group.rows) > 1 and not self._ways(group) for group in self.documents)

    @property
    def alone(self):
        """The documents that one program alone asks for, by program."""
        single = [group for group in self.documents if len(group.rows) == 1]
        return [
            (one, mine)
            for one in self.said
            if (mine := [group for group in single if one.edition.pk in group.rows])
        ]

    @property
    def weights(self):
        """The criteria that several programs have with different points, or that not all have."""
        rows = [(group, [(one, _weight(group, one)) for one in self.said]) for group in self.criteria]
        return [(group, cells) for group, cells in rows if len({weight for _one, weight in cells}) > 1]

    @property
    def differing_terms(self):
        """The terms that are not the same in all programs, each with its row of days."""
        rows = []
        for code in MilestoneCode:
            cells = [(one, _milestone(one, code)) for one in self.said]
            if len({self.terms[one.edition.pk].get(code) for one, _row in cells}) > 1:
                rows.append((code.label, [(one, _in_days(row)) for one, row in cells]))
        return rows


def _weight(group, one):
    row = group.rows.get(one.edition.pk)
    return None if row is None else row.weight


def _agreement(one, other):
    """The share of the ways in which two documents are asked for alike."""
    return sum(getattr(one, name) == getattr(other, name) for name in HOW) / len(HOW)


def terms_of(milestones):
    """The terms stated in days, in days of the calendar, by milestone."""
    return {
        row.code: row.days * (WORKING_DAY if row.unit == Unit.BUSINESS else 1)
        for row in milestones
        if row.days is not None
    }


def _of_terms(ours, theirs):
    stated = ours.keys() | theirs.keys()
    if not stated:
        return None
    alike = sum(_ratio(ours.get(code), theirs.get(code)) for code in stated)
    return 100 * (1 - alike / len(stated))


def _ratio(one, other):
    if one is None or other is None:
        return 0.0
    return min(one, other) / max(one, other) if max(one, other) else 1.0


def _milestone(one, code):
    return next((row for row in one.milestones if row.code == code), None)


def _in_days(row: Milestone | None):
    return f"{row.days} {row.get_unit_display()}" if row is not None and row.days is not None else "—"
