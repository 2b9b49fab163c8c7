"""The index of every year at once, for the API: the same figure as on the page, in four queries."""

from dataclasses import dataclass

from programs import harmony, harmony_figures
from programs.figures import Figure
from programs.models import Assessment, Practice, Program, Verdict


@dataclass(frozen=True)
class YearIndex:
    """The index of a fiscal year and each program's part of it."""

    fiscal_year: int
    figure: Figure
    programs: list[dict]


def indexes():
    """The index of every fiscal year that has a public edition, newest first, in four queries."""
    named = list(Program.objects.exclude(name_es="").order_by("order", "code"))
    counted, adopted = _counted_by_checklist(), _adopted_by_program()
    return [
        _year_index(year, named, _codes_of(public.guide_year, counted), adopted)
        for year, public in sorted(harmony.public_years().items(), reverse=True)
    ]


def _counted_by_checklist():
    """The codes of the practices that count, by the year of their checklist, oldest first."""
    counted = {}
    rows = Practice.objects.published().filter(is_core=True).order_by("checklist__year", "code")
    for year, code in rows.values_list("checklist__year", "code"):
        counted.setdefault(year, set()).add(code)
    return counted


def _adopted_by_program():
    """The codes of the practices that each program adopted, by fiscal year and program."""
    adopted = {}
    rows = Assessment.objects.public().filter(verdict=Verdict.ADOPTED).order_by()
    for year, program, code in rows.values_list("edition__fiscal_year", "edition__program", "practice__code"):
        adopted.setdefault((year, program), set()).add(code)
    return adopted


def _codes_of(guide_year, counted):
    """What counts in the newest checklist that the Guide of a year had."""
    return next((codes for year, codes in reversed(counted.items()) if year <= guide_year), set())


def _year_index(year, programs, codes, adopted):
    parts = [
        {
            "program": program.code,
            "adopted": len(codes & adopted.get((year, program.pk), set())),
            "practices": len(codes),
        }
        for program in programs
    ]
    total = sum(part["adopted"] for part in parts)
    figure = harmony_figures.index_figure(
        year=year, adopted=total, programs=len(programs), practices=len(codes)
    )
    return YearIndex(year, figure, parts)
