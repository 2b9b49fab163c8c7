from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs.draft_checks.base import Found, check
from programs.models import Milestone


@check(
    "within-the-year",
    title=_("All dates fall in the fiscal year"),
    help=_("Money that is not used by 31 December goes back: dates of the next year need a reason."),
    component="process",
    blocking=False,
)
def within_the_year(contents):
    year = contents.edition.fiscal_year
    for row in contents.rows(Milestone):
        planned = contents.dates.get(row.code)
        if planned and planned.year != year:
            message = gettext("“%(milestone)s” falls on %(day)s, outside the fiscal year %(year)s.")
            said = {"milestone": row, "day": day_in_words(planned), "year": year}
            yield Found(message % said, block="schedule", key=row.key, field="on" if row.on else "days")
