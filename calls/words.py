"""Dates in the sentences of an action: «31 de marzo de 2025», months in lower case."""

from django.utils import dateformat, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def day(value):
    spanish = (get_language() or "").startswith("es")
    return (
        dateformat.format(value, r"j \d\e F \d\e Y").lower() if spanish else dateformat.format(value, "j F Y")
    )


def minute(value, zone):
    """A moment to the minute, with its zone by name."""
    local = timezone.localtime(value, zone)
    return _("%(day)s, %(time)s (Central Mexico time)") % {"day": day(local), "time": f"{local:%H:%M}"}


def calendar_days(count):
    return ngettext("%(count)d calendar day", "%(count)d calendar days", count) % {"count": count}


def business_days(count):
    return ngettext("%(count)d business day", "%(count)d business days", count) % {"count": count}
