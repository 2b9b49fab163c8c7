"""One program over the years, and one practice over the years: rows of cells outside the matrix of a year."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.db.models import Min

from programs.harmony import Cell, Row, practices_for
from programs.models import Assessment, Edition, Program


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
