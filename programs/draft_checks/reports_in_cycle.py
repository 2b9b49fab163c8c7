from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs.draft_checks.base import Found, check
from programs.models import MilestoneCode, PlannedReport


@check(
    "reports-in-cycle",
    title=_("Each report falls between the agreements and the end of the verification"),
    help=_("A report has a date inside the cycle, and says who receives it (good practice GP-07)."),
    component="spending",
    blocking=False,
)
def reports_in_cycle(contents):
    rows = contents.rows(PlannedReport)
    if not rows:
        yield Found(gettext("There are no reports yet. Add the final report at least."), block="reports")
    for row in rows:
        if message := _wrong(row, contents):
            yield Found(message, block="reports", key=row.key, field="days")
        if not row.received_by:
            message = gettext("“%(name)s” does not say who receives it.") % {"name": row}
            yield Found(message, block="reports", key=row.key, field="received_by")


def _wrong(row, contents):
    day = contents.due(row)
    if day is None:
        return gettext("“%(name)s” has no date, nor a term that leads to one.") % {"name": row}
    first = contents.dates.get(MilestoneCode.AGREEMENTS_SIGNED)
    last = contents.dates.get(MilestoneCode.VERIFICATION_CLOSED)
    if first and last and not first <= day <= last:
        said = {"name": row, "day": day_in_words(day), "first": day_in_words(first)}
        said["last"] = day_in_words(last)
        message = gettext(
            "“%(name)s” falls on %(day)s, outside the cycle: agreements %(first)s, verification %(last)s."
        )
        return message % said
    return ""
