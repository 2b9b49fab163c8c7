"""Figures and charts: drawn on the server as SVG, each with its table of data, the same on page and paper."""

from datetime import timedelta

from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.dates import local_date, short_day
from rop_portal.components.library import register, values_of

TONES = ("house", "done", "watch", "info", "wrong", "plain", "soft")
# The colours of tokens.css again: paper reads no stylesheet inside a drawing.
COLOURS = {
    "house": "#5a3a8e", "soft": "#b9a9d6", "tint": "#efeaf7", "done": "#0e6757", "watch": "#9a4a00",
    "wrong": "#a61b2b", "info": "#1d4f91", "plain": "#566070",
}  # fmt: skip


@register.simple_tag
def fill(tone):
    """The colour of a shape: by class on the page, by attribute on paper."""
    return format_html('class="fill-{}" fill="{}"', tone, COLOURS[tone])


@register.inclusion_tag("components/figure.html")
def figure(value, sentence, *, formula="", formula_url="", records_url="", note=""):
    """A number with its sentence, the way it is counted and the records behind it."""
    return {
        "value": value, "sentence": sentence, "formula": formula, "formula_url": formula_url,
        "records_url": records_url, "note": note,
    }  # fmt: skip


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(rows, *, label, unit="", planned_label="", value_label=""):
    """Bars, one a row: ``label``, ``value``, perhaps ``planned`` (drawn above it), ``text`` and ``tone``."""
    rows = [_bar(row) for row in rows]
    largest = max([max(row["value"], row["planned"] or 0) for row in rows], default=0) or 1
    for row in rows:
        row["width"] = round(100 * row["value"] / largest, 1)
        row["planned_width"] = round(100 * (row["planned"] or 0) / largest, 1)
    return {
        "rows": rows, "label": label, "double": any(row["planned"] is not None for row in rows),
        "planned_label": planned_label or _("Planned"), "value_label": value_label or unit or _("Value"),
    }  # fmt: skip


def _bar(row):
    return {
        "label": row["label"], "value": row["value"], "planned": row.get("planned"),
        "text": row.get("text", row["value"]), "tone": row.get("tone", "house"),
    }  # fmt: skip


@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(parts, *, label):
    """One bar made of parts: ``label``, ``value`` and perhaps ``tone``, ``url``."""
    parts, total, x = list(parts), sum(part["value"] for part in parts) or 1, 0.0
    drawn = []
    for place, part in enumerate(parts):
        width = round(760 * part["value"] / total, 2)
        tone = part.get("tone") or TONES[place % len(TONES)]
        drawn.append({"url": "", **part, "x": round(x, 2), "width": width, "tone": tone})
        drawn[-1]["percent"] = 100 * part["value"] / total
        x += width
    return {"parts": drawn, "label": label, "total": sum(part["value"] for part in parts)}


@register.inclusion_tag("components/schedule.html")
def schedule(rows, *, label, chart=True):
    """Milestones planned beside actual, as a list and as an SVG Gantt.

    Each row has ``label``, ``planned_from`` and ``planned_until`` (or only one of them), ``actual_from``,
    ``actual_until``, ``side`` (who is responsible), ``term`` (its days), ``former`` (dates replaced) and
    ``note``.
    """
    rows = [values_of(row, "label", *DATES, "side", "term", "former", "note") for row in rows]
    return {"rows": rows, "label": label, "gantt": gantt(rows) if chart else None}


DATES = ("planned_from", "planned_until", "actual_from", "actual_until")
CHART_LEFT, CHART_WIDTH, ROW_HEIGHT = 210, 550, 28


def gantt(rows):
    """Where each bar stands, or nothing when no row has a date."""
    days = [local_date(row[name]) for row in rows for name in DATES if row[name]]
    if not days:
        return None
    first, last = min(days).replace(day=1), max(days) + timedelta(days=1)
    scale = CHART_WIDTH / max((last - first).days, 1)
    bars = [_gantt_row(row, place, first, scale) for place, row in enumerate(rows)]
    return {"bars": bars, "ticks": _months(first, last, scale), "height": 18 + ROW_HEIGHT * len(rows)}


def _gantt_row(row, place, first, scale):
    y = 20 + place * ROW_HEIGHT
    return {
        "label": row["label"], "y": y,
        "planned": _span(row["planned_from"], row["planned_until"], first, scale),
        "actual": _span(row["actual_from"], row["actual_until"], first, scale),
    }  # fmt: skip


def _span(start, end, first, scale):
    if not (start or end):
        return None
    start, end = local_date(start or end), local_date(end or start)
    x = CHART_LEFT + (start - first).days * scale
    return {"x": round(x, 1), "width": round(max(((end - start).days + 1) * scale, 4), 1)}


def _months(first, last, scale):
    """The first day of each month inside the chart, thinned so that the names fit."""
    marks, day = [], first.replace(day=1)
    while day < last:
        if day >= first:
            marks.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = max(1, -(-len(marks) // 12))
    return [
        {"x": round(CHART_LEFT + (mark - first).days * scale, 1), "label": short_day(mark).split(" ", 1)[1]}
        for mark in marks[::every]
    ]
