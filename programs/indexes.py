"""The index of every year at once, for the API: the same figure as on the page, in four queries."""

from dataclasses import dataclass

from django.db.models import Count, Q

from programs import harmony
from programs.figures import Figure
from programs.models import Assessment, ChecklistEdition, Program, Verdict


@dataclass(frozen=True)
class YearIndex:
    """The index of a fiscal year and each program's part of it."""

    fiscal_year: int
    figure: Figure
    programs: list[dict]


def indexes():
    """The index of every fiscal year that has a public edition, newest first, in four queries."""
    named = list(Program.objects.exclude(name_es="").order_by("order", "code"))
    counted = Count("practices", filter=Q(practices__is_core=True))
    checklists = list(ChecklistEdition.objects.annotate(counted=counted).order_by("year"))
    adopted = _adopted_by_program()
    return [
        _year_index(year, named, _checklist_of(year, checklists), adopted)
        for year in sorted(harmony.public_years(), reverse=True)
    ]


def _adopted_by_program():
    """Cells adopted by fiscal year, program and checklist."""
    rows = Assessment.objects.public().core().filter(verdict=Verdict.ADOPTED).order_by()
    keys = ("edition__fiscal_year", "edition__program", "practice__checklist")
    return {tuple(row[key] for key in keys): row["n"] for row in rows.values(*keys).annotate(n=Count("pk"))}


def _checklist_of(year, checklists):
    return next((one for one in reversed(checklists) if one.year <= year), None)


def _year_index(year, programs, checklist, adopted):
    practices = checklist.counted if checklist else 0
    parts = [
        {
            "program": program.code,
            "adopted": adopted.get((year, program.pk, checklist.pk), 0) if checklist else 0,
            "practices": practices,
        }
        for program in programs
    ]
    total = sum(part["adopted"] for part in parts)
    figure = harmony.index_figure(year=year, adopted=total, programs=len(programs), practices=practices)
    return YearIndex(year, figure, parts)
