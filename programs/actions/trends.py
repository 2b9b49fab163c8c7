"""Keeping how the practices stand each day, so that a trend survives what is declared later."""

from collections import Counter

from django.db.models import Exists, OuterRef

from accounts.acts import moment
from accounts.dates import local_date
from programs import harmony
from programs.models import EXPIRED, HarmonyDay

COUNTED = ("adopted", "cells", "counts", "verdicts", "is_demo")


def keep_today(*, at=None):
    """Keep the rows of the day for every fiscal year that has a public edition."""
    keep(local_date(moment(at)), years=harmony.public_years())


def keep(day, *, years):
    """Keep what changed since the last row of each program, and one row a month whatever happens.

    Done twice, it is done once. Of days that were missed nothing is invented: they stood as the row before.
    """
    for year in years:
        last = _last_rows(year)
        due = [row for row in rows_of(year, day) if _is_due(row, last.get(row.program_id))]
        HarmonyDay.objects.bulk_create(due, ignore_conflicts=True)


def rows_of(year, day):
    """How each program with a public edition stands on a day, and the sum of all that have a name."""
    matrix = harmony.read_matrix(year)
    rows = [_row(matrix, column, day) for column in matrix.columns if column.edition]
    counts = sum((Counter(row.counts) for row in rows), Counter())
    cells = matrix.index.of
    counts[harmony.NO_DATA] += cells - counts.total()
    total = HarmonyDay(
        fiscal_year=year,
        on=day,
        adopted=sum(row.adopted for row in rows),
        cells=cells,
        counts=_told(counts),
        is_demo=any(row.is_demo for row in rows),
    )
    return [*rows, total]


def _row(matrix, column, day):
    cells = [matrix.cell(practice, column.program) for practice in matrix.practices]
    standing = {cell.practice: _standing(cell, day) for cell in cells}
    counts = Counter(code or harmony.NO_DATA for practice, code in standing.items() if practice.is_core)
    return HarmonyDay(
        program=column.program,
        fiscal_year=matrix.year,
        on=day,
        adopted=column.adopted,
        cells=matrix.core_count,
        counts=_told(counts),
        verdicts={practice.code: code for practice, code in standing.items() if code},
        is_demo=column.edition.is_demo,
    )


def _standing(cell, day):
    if cell.assessment and cell.assessment.is_expired_on(day):
        return EXPIRED
    return str(cell.verdict)


def _told(counts):
    return {str(code): count for code, count in sorted(counts.items()) if count}


def _last_rows(year):
    """The last row of each program (None: of all together), in two queries."""
    kept = HarmonyDay.objects.of_year(year)
    later = kept.filter(program=OuterRef("program"), on__gt=OuterRef("on"))
    rows = [*kept.of_programs().filter(~Exists(later)), kept.totals().order_by("on").last()]
    return {row.program_id: row for row in rows if row}


def _is_due(row, last):
    if last is None:
        return True
    if row.on <= last.on:
        return False
    is_new_month = (row.on.year, row.on.month) != (last.on.year, last.on.month)
    return is_new_month or any(getattr(row, name) != getattr(last, name) for name in COUNTED)
