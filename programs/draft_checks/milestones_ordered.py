from itertools import pairwise

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs.draft_checks.base import Found, check
from programs.models import Milestone
from programs.schedule import in_order


@check(
    "milestones-ordered",
    title=_("The milestones follow one another"),
    help=_("No milestone falls before the one that comes first in the process."),
    component="process",
)
def milestones_ordered(contents):
    dated = [row for row in in_order(contents.rows(Milestone)) if row.code in contents.dates]
    for before, after in pairwise(dated):
        first, second = contents.dates[before.code], contents.dates[after.code]
        if second < first:
            message = gettext("“%(after)s” (%(second)s) falls before “%(before)s” (%(first)s).")
            said = {"after": after, "second": day_in_words(second)}
            said |= {"before": before, "first": day_in_words(first)}
            yield Found(message % said, block="schedule", key=after.key, field="on" if after.on else "days")
