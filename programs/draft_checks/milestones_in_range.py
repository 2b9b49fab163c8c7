from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs.draft_checks.base import Found, check
from programs.models import Milestone


@check(
    "milestones-in-range",
    title=_("No milestone falls after the last day declared for it"),
    help=_("Results and every other milestone: change the days of its rule, or its last day."),
    component="process",
)
def milestones_in_range(contents):
    for row in contents.rows(Milestone):
        planned = contents.dates.get(row.code)
        if planned and row.latest and planned > row.latest:
            message = gettext("“%(milestone)s” falls on %(day)s, after its last day, %(latest)s.")
            said = {"milestone": row, "day": day_in_words(planned), "latest": day_in_words(row.latest)}
            yield Found(message % said, block="schedule", key=row.key, field="latest")
