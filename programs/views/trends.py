"""How adoption moved over time, and the map of agencies by years: the page and its downloads."""

import csv

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.views.generic import TemplateView, View

from programs import harmony, trends
from programs.models import EXPIRED, HarmonyDay, Verdict
from programs.views.harmonization import OfYear, public, safe

ON_A_PAGE = 12
STANDINGS = (*Verdict.values, EXPIRED, harmony.NO_DATA)
DAY_COLUMNS = ("fiscal_year", "on", "program", "adopted", "cells", *STANDINGS[1:], "verdicts", "is_demo")
HEAT_COLUMNS = ("fiscal_year", "agency", "adopted", "cells", "has_public_edition", "is_demo")


@public
class TrendsPage(OfYear, TemplateView):
    """The lines of a fiscal year, of all programs together and of each; and the map of every year."""

    template_name = "programs/harmonization_trends.html"

    def get_context_data(self, **kwargs):
        if self.year is None:
            return super().get_context_data(trend=None, **kwargs)
        trend = trends.read_trend(self.year)
        lines = Paginator(trend.programs, ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(trend=trend, lines=lines, heat=trends.read_heat(), **kwargs)


class DownloadDays(OfYear, View):
    """Every kept day of the fiscal year, whatever page was shown."""

    def get(self, request, *args, **kwargs):
        if self.year is None:
            raise Http404
        rows = (
            HarmonyDay.objects.of_year(self.year).select_related("program").order_by("on", "program__order")
        )
        return self.answer([trends.day_values(row) for row in rows])


@public
class TrendsCsv(DownloadDays):
    def answer(self, days):
        return sheet(f"tendencias-{self.year}.csv", DAY_COLUMNS, map(_flat, days))


def _flat(day):
    counts = {code: day["counts"].get(code, 0) for code in STANDINGS[1:]}
    verdicts = " ".join(f"{practice}={code}" for practice, code in sorted(day["verdicts"].items()))
    return day | counts | {"verdicts": verdicts}


@public
class TrendsJson(DownloadDays):
    """The days of the year, and the map of all years."""

    def answer(self, days):
        return JsonResponse({"fiscal_year": self.year, "days": days, "heat": heat_values(trends.read_heat())})


@public
class HeatCsv(View):
    """The map of agencies by fiscal years; without an agency, all programs together."""

    def get(self, request, *args, **kwargs):
        return sheet("mapa-de-armonizacion.csv", HEAT_COLUMNS, heat_values(trends.read_heat()))


def heat_values(heat):
    """The cells of the map as open data, agency by agency, then all together."""
    rows = [*((row.agency, row.cells) for row in heat.rows), ("", heat.totals)]
    return [
        {
            "fiscal_year": cell.year,
            "agency": agency,
            "adopted": cell.adopted,
            "cells": cell.cells,
            "has_public_edition": cell.has_edition,
            "is_demo": cell.is_demo,
        }
        for agency, cells in rows
        for cell in cells
    ]


def sheet(name, columns, rows):
    """Rows as a CSV that a spreadsheet opens with its accents and without formulas."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(answer)
    writer.writerow(columns)
    writer.writerows([safe(row[column]) for column in columns] for row in rows)
    return answer
