"""The matrix of practices by programs, and the index that counts it. Reads only what is public.

A cell is what one edition declares of one practice. No assessment at all means *no data*: nobody
has declared it, which is not the same as not doing it.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, IntegerField, Max, Min, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programs.figures import Figure, percent
from programs.models import Assessment, ChecklistEdition, Edition, Practice, Program, Verdict

NO_DATA = "no_data"


@dataclass(frozen=True)
class Cell:
    """One practice in one program's edition of the year."""

    practice: Practice
    program: Program
    edition: Edition | None
    assessment: Assessment | None
    column: str = ""

    @property
    def verdict(self):
        return self.assessment.verdict if self.assessment else ""

    @property
    def label(self):
        return _word(self.verdict, get_language())

    @property
    def proof(self):
        """The proof or the reason, in the few words that fit in a cell."""
        return proof_in_short(self.assessment) if self.assessment else ""

    @property
    def url(self):
        """The clause that proves it, or what the edition says of the practice."""
        return clause_url(self.edition, self.practice) if self.edition else ""

    @property
    def is_adopted(self):
        return self.verdict == Verdict.ADOPTED


@dataclass(frozen=True)
class Row:
    practice: Practice
    cells: list[Cell]


@dataclass(frozen=True)
class Column:
    """A program and its edition of the year, with how many of the counted practices it adopted."""

    program: Program
    edition: Edition | None
    adopted: int


@dataclass(frozen=True)
class Filters:
    """What the reader chose to see; empty means everything."""

    topic: str = ""
    dimension: str = ""
    program: str = ""
    verdict: str = ""

    def keeps(self, row):
        practice = row.practice
        return (
            self.topic in ("", practice.topic.code)
            and self.dimension in ("", practice.dimension.code if practice.dimension else NO_DATA)
            and (not self.verdict or any((cell.verdict or NO_DATA) == self.verdict for cell in row.cells))
        )


@dataclass
class Matrix:
    """The whole of one fiscal year: every row and column; ``shown`` are the rows that the filters keep."""

    year: int
    programs: list[Program]
    unidentified: int
    practices: list[Practice]
    editions: dict[int, Edition]
    assessments: dict[tuple[int, str], Assessment]
    filters: Filters = field(default_factory=Filters)

    @cached_property
    def columns(self):
        return [
            Column(program, self.editions.get(program.pk), self._adopted(program))
            for program in self.programs
        ]

    @cached_property
    def shown_columns(self):
        return [column for column in self.columns if self.filters.program in ("", column.program.code)]

    @cached_property
    def rows(self):
        """The practices that count, and after them those that do not."""
        programs = [column.program for column in self.shown_columns]
        return [
            Row(practice, [self.cell(practice, program) for program in programs])
            for practice in self.practices
        ]

    @cached_property
    def topics(self):
        """The rows of the counted practices that the filters keep, by topic."""
        kept = [row for row in self.rows if row.practice.is_core and self.filters.keeps(row)]
        kept.sort(key=lambda row: (row.practice.topic.code, row.practice.code))
        return [(topic, list(rows)) for topic, rows in groupby(kept, key=lambda row: row.practice.topic)]

    @cached_property
    def apart(self):
        """The practices that come from elsewhere than the checklist and are not counted (GP-12)."""
        return [row for row in self.rows if not row.practice.is_core and self.filters.keeps(row)]

    @property
    def shows_unidentified(self):
        """The folded column of the programs without a name stands beside all the others."""
        return bool(self.unidentified) and not self.filters.program

    @property
    def width(self):
        """How many columns the table has, the practice's included."""
        return 1 + len(self.shown_columns) + self.shows_unidentified

    @cached_property
    def core_count(self):
        return sum(practice.is_core for practice in self.practices)

    @cached_property
    def index(self):
        return index_figure(
            year=self.year,
            adopted=sum(column.adopted for column in self.columns),
            programs=len(self.programs),
            practices=self.core_count,
        )

    @property
    def is_demo(self):
        return any(edition.is_demo for edition in self.editions.values())

    @property
    def all_cells(self):
        """Every cell of the year, whatever the filters: what the downloads hold."""
        return [self.cell(practice, program) for practice in self.practices for program in self.programs]

    def cell(self, practice, program):
        edition = self.editions.get(program.pk)
        found = self.assessments.get((edition.pk, practice.code)) if edition else None
        return Cell(practice, program, edition, found, column=program.agency.acronym)

    def _adopted(self, program):
        return sum(self.cell(practice, program).is_adopted for practice in self.practices if practice.is_core)


class PublicYear(NamedTuple):
    """What the public editions of a fiscal year are: all of them fictional, any of them assessed."""

    only_demo: bool
    is_assessed: bool
    guide_year: int


def public_years():
    """The fiscal years that have a public edition, oldest first, and what their editions are."""
    least = Min(Cast("is_demo", IntegerField()))  # PostgreSQL has no least of two booleans
    rows = Edition.objects.public().values("fiscal_year")
    rows = rows.annotate(only_demo=least, assessed=Count("assessments"), newest=Max("guide__year"))
    return {
        row["fiscal_year"]: PublicYear(bool(row["only_demo"]), bool(row["assessed"]), row["newest"])
        for row in rows.order_by("fiscal_year")
    }


def usual_year(years, *, today=None):
    """The fiscal year under way once an edition of it is assessed: it has most to say today.

    Until then the newest year with facts; in a world of fiction alone, the newest.
    """
    now = (today or timezone.localdate()).year
    if now in years and years[now].is_assessed:
        return now
    factual = [year for year, found in years.items() if not found.only_demo]
    return max(factual or years, default=None)


def read_matrix(year, filters=None):
    """The matrix of one fiscal year, in four queries whatever its size."""
    programs = list(Program.objects.select_related("agency__body"))
    editions = Edition.objects.public().of_year(year).select_related("program")
    assessments = Assessment.objects.filter(edition__in=editions).select_related("clause", "practice")
    return Matrix(
        year=year,
        programs=[program for program in programs if program.is_identified],
        unidentified=sum(not program.is_identified for program in programs),
        practices=list(practices_of_year(year)),
        editions={edition.program_id: edition for edition in editions},
        assessments={(found.edition_id, found.practice.code): found for found in assessments},
        filters=filters or Filters(),
    )


def practices_for(guide_year):
    """The practices that the Rules of one Guide answer: those of the newest checklist that it had."""
    newest = ChecklistEdition.objects.of_guide(guide_year).values("pk")
    return Practice.objects.filter(checklist__in=newest).select_related("topic", "dimension")


def practices_of_year(year):
    """The practices that the public editions of a fiscal year answer; of two Guides, those of the newer.

    Editions on the older one are found by the code of each practice.
    """
    guides = Edition.objects.public().of_year(year).order_by("-guide__year").values("guide__year")
    return practices_for(Coalesce(Subquery(guides[:1]), Value(year)))


class Declared(NamedTuple):
    """A practice, what an edition declares of it, and what its data show."""

    practice: Practice
    assessment: Assessment | None
    finding: object = None

    @property
    def verdict(self):
        return self.assessment.verdict if self.assessment else ""

    @property
    def proof(self):
        """The proof in short; nothing when it is the observation, which stands beside it."""
        short = proof_in_short(self.assessment) if self.assessment else ""
        return "" if self.assessment and short == self.assessment.observation else short


def practices_of(edition):
    """Every practice with what one edition declares of it, in two queries.

    ``followers`` of each practice: how many public editions of the same year adopted it.
    """
    found = Assessment.objects.filter(edition=edition).select_related("clause", "practice")
    by_practice = {assessment.practice.code: assessment for assessment in found}
    practices = practices_for(edition.guide.year).annotate(followers=_followers(edition.fiscal_year))
    return [Declared(practice, by_practice.get(practice.code)) for practice in practices]


def _followers(year):
    """How many public editions of a year adopted a practice, whatever checklist holds its code for them."""
    same = Assessment.objects.public().filter(practice__code=OuterRef("code"), verdict=Verdict.ADOPTED)
    counted = same.filter(edition__fiscal_year=year).order_by().values("practice__code")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True)
class Strip:
    """One program over the years: its public editions, and each practice in each of them."""

    editions: list[Edition]
    rows: list[Row]


def read_strip(program):
    """The editions of a program, newest first, and their verdicts, in four queries."""
    editions = list(
        Edition.objects.public()
        .filter(program=program)
        .select_related("program", "guide")
        .annotate(first_published=Min("publications__gazette_date"))
        .order_by("-fiscal_year")
    )
    found = Assessment.objects.filter(edition__in=editions).select_related("clause", "practice")
    verdicts = {(one.edition_id, one.practice.code): one for one in found}
    practices = practices_for(editions[0].guide.year) if editions else []
    return Strip(
        editions,
        [
            Row(
                practice,
                [
                    Cell(practice, program, one, verdicts.get((one.pk, practice.code)), str(one.fiscal_year))
                    for one in editions
                ],
            )
            for practice in practices
        ],
    )


def index_figure(*, year, adopted, programs, practices):
    """The index: cells adopted of all cells of the programs that have a name."""
    cells = programs * practices
    return Figure(
        name="harmonization_index",
        value=_("%(adopted)d of %(cells)d") % {"adopted": adopted, "cells": cells},
        number=adopted,
        of=cells,
        sentence=_("practices adopted in %(year)d by the programs that have a name (%(percent)s)")
        % {"year": year, "percent": percent(adopted, cells)},
        formula=_(
            "Cells with the verdict “adopted” divided by all cells: %(programs)d programs that have a name × "
            "%(practices)d practices = %(cells)d. Every practice weighs the same. A cell without data counts "
            "as not adopted; it does not mean that the practice is not followed."
        )
        % {"programs": programs, "practices": practices, "cells": cells},
        url=f"{reverse('programs:matrix')}?ejercicio={year}&veredicto=adopted",
    )


def program_figure(*, program, year, adopted, practices):
    """The index of one program: its practices adopted of those that count."""
    return Figure(
        name="program_index",
        value=_("%(adopted)d of %(cells)d") % {"adopted": adopted, "cells": practices},
        number=adopted,
        of=practices,
        sentence=_("practices adopted in the edition of %(year)d (%(percent)s)")
        % {"year": year, "percent": percent(adopted, practices)},
        formula=_(
            "Verdicts “adopted” divided by the %(practices)d practices that count. Every practice weighs the "
            "same. A practice without data counts as not adopted."
        )
        % {"practices": practices},
        url=f"{reverse('programs:matrix')}?ejercicio={year}&programa={program.code}",
    )


def proof_in_short(assessment):
    """The proof or the reason of a verdict in a few words."""
    if assessment.clause_id:
        return _("component %(number)d") % {"number": assessment.clause.number}
    short = {
        Verdict.PLANNED: lambda: _("edition of %(year)d") % {"year": assessment.planned_year},
        Verdict.LIMITED: lambda: assessment.norm,
    }.get(assessment.verdict)
    if short:
        return short()
    if assessment.review == Assessment.Review.REPORT:
        return _("stated by the report")
    return _("public source") if assessment.source else assessment.observation


@lru_cache(maxsize=64)
def _word(verdict, language):
    """The word of a verdict, found once for the thousands of cells that say it."""
    return str(Verdict(verdict).label) if verdict else _("No data")


def clause_url(edition, practice):
    """Where the clause stands highlighted, in the published text."""
    return f"{edition.get_absolute_url()}?practica={practice.code}#practica"


class PracticeYear(NamedTuple):
    """What the public editions of a year declare of a practice, and how many programs adopted it."""

    year: int
    cells: list[Cell]
    programs: int

    @property
    def adopted(self):
        return sum(cell.is_adopted for cell in self.cells)


def practice_by_year(practice):
    """The declarations of a practice by fiscal year, newest first, whatever checklist held it."""
    programs = Program.objects.exclude(name_es="").count()
    declared = (
        Assessment.objects.public()
        .filter(practice__code=practice.code)
        .exclude(edition__program__name_es="")
        .select_related("clause", "edition__program__agency")
        .order_by("-edition__fiscal_year", "edition__program__order")
    )
    by_year = groupby(declared, key=lambda one: one.edition.fiscal_year)
    return [
        PracticeYear(year, [Cell(practice, one.edition.program, one.edition, one) for one in found], programs)
        for year, found in by_year
    ]
