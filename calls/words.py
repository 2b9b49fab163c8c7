"""Numbers of days in the sentences of an action."""

from django.utils.translation import ngettext


def calendar_days(count):
    return ngettext("%(count)d calendar day", "%(count)d calendar days", count) % {"count": count}


def business_days(count):
    return ngettext("%(count)d business day", "%(count)d business days", count) % {"count": count}
