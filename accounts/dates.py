"""Days and moments in words, in the language of the page, always in the time of central Mexico.

The Mexican locale capitalises months wrongly, so the Spanish names are ours.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
}
SHORT_MONTHS = {
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
WEEKDAYS = {
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


def _language():
    return "en" if (get_language() or "").startswith("en") else "es"


def local_date(value):
    """The calendar day of a date or moment, as the clocks of central Mexico show it."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def local_clock(value, *, seconds=False):
    """The hour and minute of a moment: 23:59; with its seconds where they matter: 23:59:05."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%H:%M:%S" if seconds else "%H:%M")


def day_in_words(value: date | datetime) -> str:
    """31 de marzo de 2024 · 31 March 2024."""
    day, language = local_date(value), _language()
    month = MONTHS[language].split()[day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{day.day} {month} {day.year}"


def weekday_in_words(value: date | datetime) -> str:
    """domingo 31 de marzo de 2024 · Sunday 31 March 2024."""
    return f"{WEEKDAYS[_language()].split()[local_date(value).weekday()]} {day_in_words(value)}"


def short_day(value: date | datetime, *, year: bool = True) -> str:
    """31 mar 2024, or 31 mar where the year is known."""
    day = local_date(value)
    text = f"{day.day} {SHORT_MONTHS[_language()].split()[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def moment_in_words(value: datetime) -> str:
    """31 de marzo de 2024, 23:59 h (hora del centro de México)."""
    return gettext("%(day)s, %(clock)s h (central Mexico time)") % {
        "day": day_in_words(value),
        "clock": local_clock(value),
    }


def exact(value: datetime) -> str:
    """31 de marzo de 2024, 23:59:59 h (hora del centro de México): to the second, for what is received."""
    return gettext("%(day)s, %(clock)s h (central Mexico time)") % {
        "day": day_in_words(value),
        "clock": timezone.localtime(value).strftime("%H:%M:%S"),
    }
