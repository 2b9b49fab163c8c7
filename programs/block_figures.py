"""What is drawn above the table of a block: the schedule, a sum that must be whole, the money that adds up.

Each is a plain dictionary with the name of its template, so that page, print and PDF draw the same.
"""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.dates import short_day
from documents import pesos
from programs import counting, reconciliation, schedule
from programs.models import Budget, Criterion, Milestone, PlannedPayment, Side, SupportModality

LEFT, WIDTH, ROW, TOP = 262, 440, 26, 22
BAR = 600
WHOLE = 100


def figure_of(model, contents):
    """The figure of a block's table, or nothing. Who edits sees the money beside both of its blocks."""
    if not contents.rows(model):
        return None
    if model is SupportModality:
        return None if contents.publication else budget(contents)
    draw = {Milestone: timeline, Criterion: points, PlannedPayment: shares, Budget: budget}.get(model)
    return draw(contents) if draw else None


# The schedule


def timeline(contents):
    """The milestones on a line of months: each with the term that leads to it, its side by shape."""
    rows = [row for row in schedule.in_order(contents.rows(Milestone)) if row.code in contents.dates]
    if not rows:
        return None
    ends = [row.latest or contents.dates[row.code] for row in rows]
    first = min(contents.dates[row.code] for row in rows).replace(day=1)
    scale = WIDTH / max((max(ends) - first).days, 1)
    wrong = {conflict.after.code for conflict in schedule.conflicts(rows, contents.dates)}
    return {
        "template": "programs/_figure_schedule.html",
        "height": TOP + ROW * len(rows) + 4,
        "months": _months(first, max(ends), scale),
        "rows": [_mark(row, place, contents, first, scale, wrong) for place, row in enumerate(rows)],
        "sides": [{"shape": side.value, "label": str(side.label)} for side in Side],
        "notes": [note for row in rows if (note := _note(row, contents))],
    }


def _mark(row, place, contents, first, scale, wrong):
    day = contents.dates[row.code]
    x, y = _x(day, first, scale), TOP + ROW * place + ROW // 2
    start = contents.dates.get(row.after) if not row.on else None
    until = row.latest if row.latest and row.latest > day else None
    return {
        "label": str(row),
        "shape": row.side,
        "x": x,
        "y": y,
        "text_y": y + 4,
        "from_x": _x(start, first, scale) if start and start < day else None,
        "until_x": _x(until, first, scale) if until else None,
        "day": short_day(day, year=False),
        "day_x": (_x(until, first, scale) if until else x) + 12,
        "is_wrong": row.code in wrong,
    }


def _x(day, first, scale):
    return round(LEFT + (day - first).days * scale, 1)


def _months(first, last, scale):
    """The first day of each month, thinned so that the names fit."""
    days, day = [], first
    while day <= last:
        days.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = max(1, -(-len(days) // 9))
    named = [(day, short_day(day, year=False).split(" ", 1)[1]) for day in days[::every]]
    return [
        {"x": _x(day, first, scale), "label": f"{name} {day.year}" if place == 0 else name}
        for place, (day, name) in enumerate(named)
    ]


def _note(row, contents):
    """What the drawing cannot say: the days skipped and what contradicts the process."""
    said = counting.explain(row, contents)
    if not (said.skipped or said.warnings):
        return None
    return {"what": str(row), "sentence": said.sentence, "skipped": said.skipped, "warnings": said.warnings}


# Sums that must be whole


def points(contents):
    """The weights of the criteria on a bar of one hundred."""
    parts = [(row.name, row.weight) for row in contents.rows(Criterion)]
    return {"template": "programs/_figure_sum.html", "bars": [_sum("", parts)]}


def shares(contents):
    """What each modality receives in instalments, on a bar of one hundred."""
    rows = contents.rows(PlannedPayment)
    own = [one for one in contents.rows(SupportModality) if any(r.modality_key == one.key for r in rows)]
    everybody = [(row.name, row.share) for row in rows if not row.modality_key]
    bars = [
        _sum(one.name, [(row.name, row.share) for row in rows if row.modality_key in ("", one.key)])
        for one in own
    ]
    if not own:
        bars = [_sum("", everybody)]
    return {"template": "programs/_figure_sum.html", "bars": bars}


def _sum(name, parts):
    total = sum(value for _name, value in parts)
    scale = BAR / max(total, WHOLE)
    pieces, x = [], 0.0
    for place, (label, value) in enumerate(parts):
        width = float(value) * float(scale)
        pieces.append(_piece(label, value, x, width) | {"is_even": place % 2 == 0})
        x += width
    return {
        "name": name,
        "pieces": pieces,
        "whole_x": round(WHOLE * float(scale), 1),
        "is_whole": total == WHOLE,
        "says": _says(total),
    }


def _piece(label, value, x, width):
    return {
        "label": label,
        "value": _plain(value),
        "x": round(x, 1),
        "width": round(width, 1),
        "middle": round(x + width / 2, 1),
    }


def _says(total):
    gap = abs(WHOLE - total)
    said = {"total": _plain(total), "gap": _plain(gap)}
    if not gap:
        return _("They add up to 100.")
    if total < WHOLE:
        return _("They add up to %(total)s of 100: %(gap)s missing.") % said
    return _("They add up to %(total)s of 100: %(gap)s too many.") % said


def _plain(value):
    return f"{Decimal(value).normalize():f}"


# The money


def budget(contents):
    """What the modalities may cost and the operation, beside the authorised budget."""
    found = reconciliation.of(contents)
    if found is None:
        return None
    return {
        "template": "programs/_figure_budget.html",
        "rows": [_modality(row) for row in found.modalities],
        "operating": pesos.figures(found.operating),
        "total": pesos.figures(found.total),
        "authorized": pesos.figures(found.authorized),
        "difference": pesos.figures(abs(found.difference)),
        "tone": "done" if found.is_exact else "watch" if found.is_rounding else "wrong",
        "says": _money_says(found),
        "over": [_over(row) for row in found.over_ceiling],
    }


def _modality(row):
    return {
        "name": row.name,
        "maximum": pesos.figures(row.maximum),
        "expected": row.expected,
        "ceiling": pesos.figures(row.ceiling) if row.ceiling is not None else "",
        "total": pesos.figures(row.planned_total),
    }


def _over(row):
    said = {"name": row.name, "expected": row.expected, "cost": pesos.figures(row.maximum * row.expected)}
    return (
        _("“%(name)s”: %(expected)d supports at their maximum would cost %(cost)s, above the ceiling.") % said
    )


def _money_says(found):
    said = {"gap": pesos.figures(abs(found.difference))}
    if found.is_exact:
        return _("It adds up to the authorised budget.")
    if found.is_rounding:
        return _("%(gap)s of difference: it may be rounding.") % said
    if found.difference > 0:
        return _("%(gap)s of the budget have no use.") % said
    return _("It exceeds the budget by %(gap)s.") % said
