"""Lines over time: each value holds until the next one. Drawn on the server, with its table of data."""

from datetime import timedelta

from django.utils import timezone

from accounts.dates import short_day
from rop_portal.components.library import register

LEFT, TOP, WIDTH, HEIGHT = 36, 12, 330, 120  # of the drawing inside its box of 400 by 160
LABELS = 4


@register.inclusion_tag("components/line_chart.html")
def line_chart(points, *, label, value_label, until=None, level=3):
    """Shares of a hundred over time, one a day: ``on``, ``value`` and ``text`` (the same in words)."""
    points = list(points)
    last = max(until or timezone.localdate(), points[-1]["on"])
    first = min(points[0]["on"], last - timedelta(days=1))
    scale = WIDTH / (last - first).days
    marks = [point | {"x": _x(point["on"], first, scale), "y": _y(point["value"])} for point in points]
    return {
        "label": label, "value_label": value_label, "marks": marks, "last": marks[-1],
        "path": _steps(marks), "grid": [{"y": _y(share), "share": share} for share in (0, 50, 100)],
        "ticks": _ticks(first, last, scale), "right": LEFT + WIDTH, "level": level,
    }  # fmt: skip


def _x(day, first, scale):
    return round(LEFT + (day - first).days * scale, 1)


def _y(share):
    return round(TOP + HEIGHT * (1 - float(share) / 100), 1)


def _steps(marks):
    """Level until the next value, then straight to it, and level to the edge."""
    path = f"M{marks[0]['x']} {marks[0]['y']}"
    for mark in marks[1:]:
        path += f"H{mark['x']}V{mark['y']}"
    return f"{path}H{LEFT + WIDTH}"


def _ticks(first, last, scale):
    """A few days along the foot; the first and the last always."""
    days = (last - first).days
    parts = min(LABELS - 1, days)
    chosen = [first + timedelta(days=round(days * part / parts)) for part in range(parts + 1)]
    ends = {0: "start", parts: "end"}
    return [
        {
            "x": _x(day, first, scale),
            "label": short_day(day, year=place in ends),
            "anchor": ends.get(place, "middle"),
        }
        for place, day in enumerate(chosen)
    ]
