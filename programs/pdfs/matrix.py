"""The harmonization report of a fiscal year: matrix, index, gaps, and the proof of every verdict."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import renderings
from programs import harmony, proofs, trends
from programs.models import Assessment


@renderings.kind("harmonization", template="pdf/harmonization.html", version=2)
class HarmonizationReport(renderings.Kind):
    """Of one fiscal year. It shows only what is public, so everybody may read it."""

    name = gettext_lazy("Harmonization report")
    is_public = True

    def __init__(self, subject_id):
        super().__init__(subject_id)
        self.year = int(subject_id)
        self.matrix = harmony.read_matrix(self.year)

    @property
    def title(self):
        return _("Harmonization of the Rules of Operation, %(year)d") % {"year": self.year}

    @property
    def filename(self):
        return f"armonizacion-{self.year}.pdf"

    @property
    def is_demo(self):
        return self.matrix.is_demo

    def context(self):
        matrix = self.matrix
        return {
            "year": self.year,
            "columns": [_column(column) for column in matrix.columns],
            "topics": [{"name": topic.name, "rows": list(map(_row, rows))} for topic, rows in matrix.topics],
            "apart": list(map(_row, matrix.apart)),
            "core": matrix.core_count,
            "unidentified": matrix.unidentified,
            "width": 1 + len(matrix.columns),
            "index": _figure(matrix.index),
            "explained": _figure(matrix.explained),
            "gaps": _gaps(matrix),
            "trend": _trend(self.year),
            "heat": _heat(),
            "proofs": [_proofs(matrix, column) for column in matrix.columns],
            "report": next((one.source for one in matrix.assessments.values() if is_reported(one)), ""),
        }


def _column(column):
    return {
        "acronym": column.program.agency.acronym,
        "name": column.program.name,
        "adopted": column.adopted,
        "is_demo": bool(column.edition and column.edition.is_demo),
    }


def _row(row):
    return {
        "code": row.practice.code,
        "title": row.practice.title,
        "cells": [{"verdict": cell.standing, "word": cell.label, "proof": cell.proof} for cell in row.cells],
    }


def _figure(figure):
    return {name: getattr(figure, name) for name in ("value", "sentence", "formula", "note")}


def _trend(year):
    """The kept days of all programs together; none before the first night."""
    total = trends.read_trend(year).total
    return {"label": total.name, "points": total.points, "until": total.last.on} if total else None


def _heat():
    """The share of each agency in each fiscal year, and of all together."""
    heat = trends.read_heat()
    return {
        "years": heat.years,
        "rows": [{"name": row.agency, "cells": list(map(_share, row.cells))} for row in heat.rows],
        "totals": list(map(_share, heat.totals)),
        "is_demo": heat.is_demo,
    }


def _share(cell):
    names = ("adopted", "cells", "percent", "step", "has_edition", "is_demo")
    return {name: getattr(cell, name) for name in names}


def _gaps(matrix):
    """The practices that some program lacks or does not declare, those that fewest hold first."""
    rows = [row for row in matrix.rows if row.practice.is_core]
    counted = sorted(
        ((sum(cell.is_adopted for cell in row.cells), row) for row in rows), key=lambda one: one[0]
    )
    return [
        {
            "code": row.practice.code,
            "title": row.practice.title,
            "adopted": adopted,
            "holders": ", ".join(cell.program.agency.acronym for cell in row.cells if cell.is_adopted),
        }
        for adopted, row in counted
        if adopted < len(row.cells)
    ]


def _proofs(matrix, column):
    """Everything that one program declares, with its proof or reason and planning's stance."""
    declared = [cell for cell in matrix.all_cells if cell.program == column.program and cell.assessment]
    return _column(column) | {
        "declared": [declared_values(cell.assessment, cell.practice, cell.edition) for cell in declared]
    }


def is_reported(assessment):
    """Its evidence is the report; the citation is printed once, not in every row."""
    return assessment.review == Assessment.Review.REPORT


def declared_values(assessment, practice, edition):
    """A declared practice as plain values: what a report prints of it."""
    return {
        "code": practice.code,
        "title": practice.title,
        "verdict": assessment.get_standing_display(),
        "evidence": _("stated by the report") if is_reported(assessment) else assessment.evidence,
        "url": settings.SITE_URL + proofs.clause_url(edition, practice) if assessment.clause_id else "",
        "norm": assessment.citation if assessment.norm else "",
        "last_day": assessment.last_day,
        "is_expired": assessment.is_expired,
        "planned_year": assessment.planned_year,
        "observation": assessment.observation,
        "review": assessment.get_review_display(),
        "review_note": assessment.review_note,
    }
