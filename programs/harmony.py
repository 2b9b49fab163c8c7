"""The matrix of practices by programs, and the index that counts it. Reads only what is public.

A cell is what one edition declares of one practice. No assessment at all means *no data*: nobody
has declared it, which is not the same as not doing it.
"""

from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, IntegerField, Max, Min, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from programs import proofs
from programs.harmony_figures import explained_figure, index_figure
from programs.models import (
    EXPIRED,
    Assessment,
    ChecklistEdition,
    Edition,
    Practice,
    Program,
    Verdict,
)

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
    def standing(self):
        """The verdict as it stands today: a limitation whose last day is over is *expired*."""
        return self.assessment.standing if self.assessment else ""

    @property
    def label(self):
        return proofs.word(self.standing, get_language())

    @property
    def proof(self):
        """The proof or the reason, in the few words that fit in a cell."""
        return proofs.in_short(self.assessment) if self.assessment else ""

    @property
    def url(self):
        """The clause that proves it, or what the edition says of the practice."""
        return proofs.clause_url(self.edition, self.practice) if self.edition else ""

    @property
    def history_url(self):
        return proofs.history_url(self.edition, self.practice) if self.edition else ""

    @property
    def is_adopted(self):
        return self.verdict == Verdict.ADOPTED

    @property
    def is_explained(self):
        """It is not adopted and there is a reason that stands: nothing to adopt, or a norm in force."""
        if self.verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_VIABLE):
            return True
        return self.assessment is not None and self.assessment.explains_the_gap


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

    def keeps(self, practice):
        """Whether the topic and the dimension of a practice are those asked for."""
        return self.topic in ("", practice.topic.code) and self.dimension in (
            "",
            practice.dimension.code if practice.dimension else NO_DATA,
        )


@dataclass
class Matrix:
    """One fiscal year: every practice and program, and those that the filters and the page keep.

    ``standings`` says how each cell of the year stands; ``assessments`` holds those of ``shown_programs``.
    """

    year: int
    programs: list[Program]
    unidentified: int
    practices: list[Practice]
    editions: dict[int, Edition]
    assessments: dict[tuple[int, str], Assessment]
    shown_programs: list[Program]
    standings: dict[tuple[int, str], str]
    filters: Filters = field(default_factory=Filters)

    @cached_property
    def columns(self):
        return [
            Column(program, self.editions.get(program.pk), self._adopted(program))
            for program in self.programs
        ]

    @cached_property
    def shown_columns(self):
        shown = {program.pk for program in self.shown_programs}
        return [column for column in self.columns if column.program.pk in shown]

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
        kept = [row for row in self.rows if row.practice.is_core and self._keeps(row.practice)]
        kept.sort(key=lambda row: (row.practice.topic.code, row.practice.code))
        return [(topic, list(rows)) for topic, rows in groupby(kept, key=lambda row: row.practice.topic)]

    @cached_property
    def apart(self):
        """The practices that come from elsewhere than the checklist and are not counted (GP-12)."""
        return [row for row in self.rows if not row.practice.is_core and self._keeps(row.practice)]

    def _keeps(self, practice):
        """The filters keep it; that of the verdict asks every program chosen, not only those of the page."""
        wanted = self.filters.verdict
        chosen = [one for one in self.programs if self.filters.program in ("", one.code)]
        return self.filters.keeps(practice) and (
            not wanted or any((self._standing(practice, one) or NO_DATA) == wanted for one in chosen)
        )

    def _standing(self, practice, program):
        edition = self.editions.get(program.pk)
        return self.standings.get((edition.pk, practice.code), "") if edition else ""

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
        return len(self._core)

    @cached_property
    def index(self):
        return index_figure(
            year=self.year,
            adopted=sum(column.adopted for column in self.columns),
            programs=len(self.programs),
            practices=self.core_count,
        )

    @cached_property
    def explained(self):
        return explained_figure([self.cell(one, program) for one in self._core for program in self.programs])

    @cached_property
    def _core(self):
        return [practice for practice in self.practices if practice.is_core]

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
        return sum(self._standing(practice, program) == Verdict.ADOPTED for practice in self._core)


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


def read_matrix(year, filters=None, page_of=None):
    """The matrix of one fiscal year, in four queries whatever its size.

    ``page_of`` takes the programs that the filters keep and gives those of a page: then only their proofs are
    read, and of the others how they stand, in one query more.
    """
    filters, everybody = filters or Filters(), list(Program.objects.select_related("agency__body"))
    programs = {program.pk: program for program in everybody if program.is_identified}
    chosen = [one for one in programs.values() if filters.program in ("", one.code)]
    shown = page_of(chosen) if page_of else chosen
    editions = _editions_of(year, programs)
    assessments = _assessments_of(year, shown if page_of else None)
    standings = _standings(year) if page_of else {key: one.standing for key, one in assessments.items()}
    return Matrix(
        year=year,
        programs=list(programs.values()),
        unidentified=len(everybody) - len(programs),
        practices=list(practices_of_year(year)),
        editions=editions,
        assessments=assessments,
        shown_programs=shown,
        standings=standings,
        filters=filters,
    )


def _editions_of(year, programs):
    """The public editions of the year by program, each with the program already read."""
    editions = {one.program_id: one for one in Edition.objects.public().of_year(year)}
    for key, edition in editions.items():
        if key in programs:
            edition.program = programs[key]
    return editions


def _assessments_of(year, programs=None):
    """What the public editions of the year declare with its proof; of some programs if they are given."""
    found = Assessment.objects.public().filter(edition__fiscal_year=year).select_related("clause", "practice")
    if programs is not None:
        found = found.filter(edition__program__in=programs)
    return {(one.edition_id, one.practice.code): one for one in found.order_by()}


def _standings(year):
    """How every cell of the year stands today, without its proof."""
    today = timezone.localdate()
    rows = Assessment.objects.public().filter(edition__fiscal_year=year).order_by()
    return {
        (edition, practice): EXPIRED if last_day and last_day < today else verdict
        for edition, practice, verdict, last_day in rows.values_list(
            "edition_id", "practice__code", "verdict", "last_day"
        )
    }


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
    def standing(self):
        return self.assessment.standing if self.assessment else ""

    @property
    def proof(self):
        """The proof in short; nothing when it is the observation, which stands beside it."""
        short = proofs.in_short(self.assessment) if self.assessment else ""
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
