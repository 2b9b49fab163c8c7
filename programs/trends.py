"""How adoption moved over time, from the days that were kept; and the map of agencies by years, of today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from programs import indexes
from programs.figures import percent
from programs.models import Edition, HarmonyDay, Program


@dataclass(frozen=True)
class Line:
    """The kept days of a program, or of all together, oldest first."""

    program: Program | None
    days: list[HarmonyDay]

    @property
    def name(self):
        if self.program is None:
            return _("All programs that have a name")
        return f"{self.program.agency.acronym} · {self.program.name}"

    @property
    def last(self):
        return self.days[-1]

    @property
    def points(self):
        """What a chart draws: the day, the share of a hundred, and both numbers in words."""
        return [
            {"on": day.on, "value": 100 * day.adopted / (day.cells or 1), "text": in_words(day)}
            for day in self.days
        ]


def in_words(day):
    told = {"adopted": day.adopted, "cells": day.cells, "percent": percent(day.adopted, day.cells)}
    return _("%(adopted)d of %(cells)d (%(percent)s)") % told


@dataclass(frozen=True)
class Trend:
    """The lines of a fiscal year: of all together, if a day was kept, and of each program."""

    year: int
    total: Line | None
    programs: list[Line]

    @property
    def begins(self):
        return self.total.days[0].on if self.total else None


def read_trend(year):
    """The lines of a fiscal year, in two queries whatever its size."""
    programs = {one.pk: one for one in Program.objects.select_related("agency")}
    kept = defaultdict(list)
    for row in HarmonyDay.objects.of_year(year).order_by("on"):
        kept[row.program_id].append(row)
    total = Line(None, kept.pop(None)) if None in kept else None
    return Trend(year, total, [Line(one, kept[pk]) for pk, one in programs.items() if pk in kept])


@dataclass(frozen=True)
class HeatCell:
    """What an agency's programs adopted in a fiscal year; without a public edition, nothing to say."""

    year: int
    adopted: int
    cells: int
    has_edition: bool = True
    is_demo: bool = False

    @property
    def share(self):
        return 100 * self.adopted / self.cells if self.cells else 0

    @property
    def step(self):
        """How dark it is: 0 for nothing, then one step for each fifth begun."""
        return min(5, int(self.share // 20) + 1) if self.adopted else 0

    @property
    def percent(self):
        return percent(self.adopted, self.cells)


@dataclass(frozen=True)
class HeatRow:
    agency: str
    name: str
    cells: list[HeatCell]


@dataclass(frozen=True)
class HeatMap:
    """The share adopted of each agency in each fiscal year. Its last row is the index of the year."""

    years: list[int]
    rows: list[HeatRow]
    totals: list[HeatCell]

    @cached_property
    def is_demo(self):
        return any(cell.is_demo for row in self.rows for cell in row.cells)


def read_heat():
    """The map as of today, from the same sums as the index, in six queries whatever its size."""
    found = sorted(indexes.indexes(), key=lambda one: one.fiscal_year)
    programs = [one for one in Program.objects.select_related("agency__body") if one.is_identified]
    editions = {
        (program, year): is_demo
        for program, year, is_demo in Edition.objects.public().values_list(
            "program__code", "fiscal_year", "is_demo"
        )
    }
    by_agency = defaultdict(list)
    for program in programs:
        by_agency[program.agency].append(program.code)
    rows = [
        HeatRow(agency.acronym, agency.body.name_es, [_heat_cell(one, codes, editions) for one in found])
        for agency, codes in by_agency.items()
    ]
    everybody = [program.code for program in programs]
    totals = [_heat_cell(one, everybody, editions) for one in found]
    return HeatMap([one.fiscal_year for one in found], rows, totals)


def _heat_cell(index, codes, editions):
    parts = [part for part in index.programs if part["program"] in codes]
    marks = [editions[code, index.fiscal_year] for code in codes if (code, index.fiscal_year) in editions]
    return HeatCell(
        index.fiscal_year,
        sum(part["adopted"] for part in parts),
        sum(part["practices"] for part in parts),
        has_edition=bool(marks),
        is_demo=any(marks),
    )


def day_values(row: HarmonyDay) -> dict:
    """A kept day as open data; an empty program is the sum of all that have a name."""
    on: date = row.on
    return {
        "fiscal_year": row.fiscal_year,
        "on": on.isoformat(),
        "program": row.program.code if row.program else "",
        "adopted": row.adopted,
        "cells": row.cells,
        "counts": row.counts,
        "verdicts": row.verdicts,
        "is_demo": row.is_demo,
    }
