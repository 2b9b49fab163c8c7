"""The matrix of good practices by programs, how it is measured, its downloads and its report."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView, View

from documents import renderings
from programs import gaps, harmony, strips
from programs.figures import percent
from programs.models import EXPIRED, Dimension, Practice, Topic, Verdict, standing_word
from programs.views.public import current_rendering, file_or_progress

REPORT = "harmonization"
CHEAPEST = 5
COLUMNS_OF_A_PAGE = 20
public = method_decorator(login_not_required, name="dispatch")


class OfYear:
    """The fiscal year of the address (``ejercicio``), or the one that has most to say today."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.years = harmony.public_years()
        self.year = self._chosen(request.GET.get("ejercicio", ""))

    def _chosen(self, typed):
        if not typed:
            return harmony.usual_year(self.years)
        if not (typed.isascii() and typed.isdigit() and int(typed) in self.years):
            raise Http404
        return int(typed)

    def get_context_data(self, **kwargs):
        chips = [(str(year), f"{year}{self._mark(year)}") for year in self.years]
        return super().get_context_data(year=self.year, years=chips, **kwargs)

    def _mark(self, year):
        return f" · {_('demonstration')}" if self.years[year].only_demo else ""


@public
class MatrixPage(OfYear, TemplateView):
    """Which practice each program follows, with the clause that proves it."""

    template_name = "programs/harmonization_matrix.html"

    def get_context_data(self, **kwargs):
        if self.year is None:
            return super().get_context_data(matrix=None, **kwargs)
        matrix = harmony.read_matrix(self.year, self._filters(), self._page_of)
        return super().get_context_data(
            matrix=matrix,
            page=self.page,
            is_whole=self._wants_all(),
            filters=self._choices(matrix),
            is_filtered=matrix.filters != harmony.Filters(),
            **kwargs,
        )

    def _page_of(self, programs):
        """As many columns as are read side by side; all of them to print, when they are asked for."""
        at_once = max(len(programs), 1) if self._wants_all() else COLUMNS_OF_A_PAGE
        self.page = Paginator(programs, at_once).get_page(self.request.GET.get("page"))
        return list(self.page)

    def _wants_all(self):
        return self.request.GET.get("columnas") == "todas"

    def _filters(self):
        chosen = self.request.GET
        return harmony.Filters(
            topic=chosen.get("tema", ""),
            dimension=chosen.get("dimension", ""),
            program=chosen.get("programa", ""),
            verdict=chosen.get("veredicto", ""),
        )

    def _choices(self, matrix):
        """The four filters with their words, what is chosen in each and the word for no choice."""
        hers, his = _("All"), pgettext("masculine", "All")
        verdicts = [*Verdict.choices, (EXPIRED, standing_word(EXPIRED)), (harmony.NO_DATA, _("No data"))]
        return [
            (
                "tema",
                _("Topic"),
                [(one.code, one.name) for one in Topic.objects.all()],
                matrix.filters.topic,
                his,
            ),
            (
                "dimension",
                _("Dimension"),
                [(one.code, one.name) for one in Dimension.objects.all()],
                matrix.filters.dimension,
                hers,
            ),
            (
                "programa",
                _("Program"),
                [(one.code, f"{one.agency} · {one.name}") for one in matrix.programs],
                matrix.filters.program,
                his,
            ),
            ("veredicto", _("Verdict"), verdicts, matrix.filters.verdict, his),
        ]


@public
class HowMeasured(OfYear, TemplateView):
    """The formula of the index in words, the part of each practice, and how anybody can count it again."""

    template_name = "programs/harmonization_formula.html"

    def get_context_data(self, **kwargs):
        if self.year is None:
            raise Http404
        matrix = harmony.read_matrix(self.year)
        cells = matrix.index.of
        return super().get_context_data(
            matrix=matrix,
            parts=[(row.practice, sum(cell.is_adopted for cell in row.cells)) for row in matrix.rows],
            share=percent(matrix.index.number, cells),
            share_after=percent(matrix.index.number + 1, cells),
            gaps=gaps.gaps_of(matrix)[:CHEAPEST],
            explained=matrix.explained,
            all_programs=len(matrix.programs) + matrix.unidentified,
            all_cells=(len(matrix.programs) + matrix.unidentified) * matrix.core_count,
            share_of_all=percent(
                matrix.index.number, (len(matrix.programs) + matrix.unidentified) * matrix.core_count
            ),
            **kwargs,
        )


COLUMNS = (
    "fiscal_year", "program", "agency", "edition", "practice", "topic", "dimension", "counts_in_the_index",
    "verdict", "evidence", "clause", "observation", "norm", "last_day", "is_expired", "planning", "is_demo",
)  # fmt: skip


def cell_values(matrix, cell):
    """A cell as open data: an empty verdict means that nobody has declared it."""
    found, edition, practice = cell.assessment, cell.edition, cell.practice
    return {
        "fiscal_year": matrix.year,
        "program": cell.program.code,
        "agency": cell.program.agency.acronym,
        "edition": edition.code if edition else "",
        "practice": practice.code,
        "topic": practice.topic.code,
        "dimension": practice.dimension.code if practice.dimension else "",
        "counts_in_the_index": practice.is_core,
        "verdict": cell.verdict,
        "evidence": found.evidence if found else "",
        "clause": found.clause.slug if found and found.clause else "",
        "observation": found.observation if found else "",
        "norm": found.citation if found and found.norm else "",
        "last_day": found.last_day.isoformat() if found and found.last_day else "",
        "is_expired": bool(found and found.is_expired),
        "planning": found.review if found else "",
        "is_demo": bool(edition and edition.is_demo),
    }


class Download(OfYear, View):
    """Every cell of the year, whatever filters the page had."""

    def get(self, request, *args, **kwargs):
        if self.year is None:
            raise Http404
        matrix = harmony.read_matrix(self.year)
        return self.answer(matrix, [cell_values(matrix, cell) for cell in matrix.all_cells])


@public
class MatrixCsv(Download):
    def answer(self, matrix, rows):
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="armonizacion-{matrix.year}.csv"'
        answer.write("\N{BYTE ORDER MARK}")
        writer = csv.writer(answer)
        writer.writerow(COLUMNS)
        writer.writerows([safe(row[name]) for name in COLUMNS] for row in rows)
        return answer


def safe(value):
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@public
class MatrixJson(Download):
    def answer(self, matrix, rows):
        index = {"adopted": matrix.index.number, "cells": matrix.index.of, "formula": matrix.index.formula}
        return JsonResponse({"fiscal_year": matrix.year, "index": index, "cells": rows})


@public
class MatrixReport(OfYear, TemplateView):
    """The harmonization report in PDF: its file, its progress, or a button to ask for it."""

    template_name = "programs/harmonization_report.html"

    def get_context_data(self, **kwargs):
        if self.year is None:
            raise Http404
        found = current_rendering(REPORT, self.year)
        link = file_or_progress(found) if found else ""
        return super().get_context_data(rendering=found, link=link, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.year is None:
            raise Http404
        return redirect(renderings.request(REPORT, self.year, by=request.user))


@public
class PracticePage(TemplateView):
    """One good practice: what it says, why, and who follows it with which clause, year by year."""

    template_name = "programs/practice_detail.html"

    def get_context_data(self, **kwargs):
        newest = (
            Practice.objects.published()
            .select_related("topic", "dimension", "checklist")
            .order_by("-checklist__year")
        )
        practice = newest.filter(code=self.kwargs["code"]).first()
        if practice is None:
            raise Http404
        years = strips.practice_by_year(practice)
        return super().get_context_data(practice=practice, years=years, **kwargs)
