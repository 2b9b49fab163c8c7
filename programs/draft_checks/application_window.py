from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs import workdays
from programs.draft_checks.base import Found, check
from programs.models import MilestoneCode

LEAST = 30


@check(
    "application-window",
    title=_("The call stays open at least 30 calendar days"),
    help=_("From the day on which the call is issued to the day on which it closes, both included."),
    component="process",
)
def application_window(contents):
    opens, closes = (
        contents.dates.get(code) for code in (MilestoneCode.CALL_ISSUED, MilestoneCode.CALL_CLOSED)
    )
    if opens is None or closes is None:
        return
    days = workdays.window(opens, closes)
    if days < LEAST:
        earliest = workdays.add_days(opens, LEAST - 1, business=False)
        message = gettext(
            "The call is open for %(days)d calendar days and must be for 30. "
            "It opens on %(opens)s: close it on %(earliest)s or later."
        ) % {"days": days, "opens": day_in_words(opens), "earliest": day_in_words(earliest)}
        yield Found(message, block="schedule", key=MilestoneCode.CALL_CLOSED, field="on")
