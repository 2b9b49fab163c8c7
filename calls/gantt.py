"""The five periods of a call as bars of a drawing, for print. Pure: dates in, numbers out."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.dates import short_day
from programs.models.blocks.schedule import MilestoneCode as Code

LEFT, WIDTH, TOP, STEP = 150, 550, 22, 24
CSO, AGENCY = "cso", "agency"


def periods():
    """Each period from one milestone to another, and whose work it is."""
    return [
        (_("Reception (organizations)"), Code.CALL_ISSUED, Code.CALL_CLOSED, CSO),
        (_("Evaluation"), Code.CALL_CLOSED, Code.RESULTS_PUBLISHED, AGENCY),
        (_("Agreement and delivery"), Code.RESULTS_PUBLISHED, Code.BENEFIT_DELIVERED, AGENCY),
        (_("Execution (organizations)"), Code.BENEFIT_DELIVERED, Code.PROJECT_OPERATION, CSO),
        (_("Verification (organizations)"), Code.PROJECT_OPERATION, Code.VERIFICATION_CLOSED, CSO),
    ]


def drawing(dates):
    """Bars, months and height; None when a milestone that begins or ends a period has no date."""
    spans = [(label, dates.get(start), dates.get(end), side) for label, start, end, side in periods()]
    if not all(start and end for _label, start, end, _side in spans):
        return None
    first, last = spans[0][1].replace(day=1), max(end for _label, _start, end, _side in spans)
    scale = WIDTH / max((last - first).days, 1)

    def x(day):
        return round(LEFT + (day - first).days * scale, 1)

    bars = [
        {"label": label, "x": x(start), "width": round(max(x(end) - x(start), 3), 1), "y": TOP + n * STEP,
         "text_y": TOP + n * STEP + 10, "side": side}
        for n, (label, start, end, side) in enumerate(spans)
    ]  # fmt: skip
    months = [
        {"x": x(day), "label": short_day(day, year=False).split(" ")[1]} for day in _months(first, last)
    ]
    return {"bars": bars, "months": months, "height": TOP + len(bars) * STEP}


def _months(first, last):
    """The first day of each month, thinned so that the names fit."""
    days, day = [], first
    while day <= last:
        days.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return days[:: -(-len(days) // 14)]
