"""Numbers of days in the sentences of an action."""

from django.utils.translation import ngettext

from programs.models import Unit


def calendar_days(count):
    return ngettext("%(count)d calendar day", "%(count)d calendar days", count) % {"count": count}


def business_days(count):
    return ngettext("%(count)d business day", "%(count)d business days", count) % {"count": count}


def term(days, unit):
    return business_days(days) if unit == Unit.BUSINESS else calendar_days(days)
