"""Filters: days, moments, amounts and sizes in words."""

from datetime import timedelta

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from accounts import dates
from documents import pesos
from documents.intake import TYPES
from rop_portal.components.library import register


@register.filter
def day(value, form="long"):
    """31 de marzo de 2024; ``short``: 31 mar 2024; ``tiny``: 31 mar; ``weekday``: with its name."""
    if not value:
        return "—"
    if form == "weekday":
        return dates.weekday_in_words(value)
    return dates.day_in_words(value) if form == "long" else dates.short_day(value, year=form == "short")


@register.filter
def moment(value):
    """31 de marzo de 2024, 23:59 h (hora del centro de México)."""
    return dates.moment_in_words(value) if value else "—"


@register.filter
def cutoff(value):
    """The last minute that is accepted, from the exclusive instant that is stored."""
    return dates.moment_in_words(value - timedelta(minutes=1)) if value else "—"


@register.filter
def clock(value):
    """23:59."""
    return dates.local_clock(value) if value else "—"


@register.filter
def filesize_words(size):
    """820 kB, 1.4 MB: what a person needs to know of a size."""
    if size is None or size == "":
        return "—"
    size = int(size)
    if size < 1000:
        return _("%(size)d bytes") % {"size": size}
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{floatformat(size / 1_000_000, 1)} MB"


@register.filter
def file_kind(media_type):
    """PDF, Excel (.xlsx): the name that people give to a type of file."""
    return next((kind.name for kind in TYPES.values() if kind.media_type == media_type), media_type)


@register.filter
def in_pesos(amount):
    """$490,000.00."""
    return "—" if amount is None else pesos.figures(amount)


@register.filter
def in_words(amount):
    """cuatrocientos noventa mil pesos 00/100 M.N."""
    return "" if amount is None else pesos.in_words(amount)
