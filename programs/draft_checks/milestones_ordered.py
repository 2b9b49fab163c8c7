from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs import schedule
from programs.draft_checks.base import Found, check
from programs.models import Milestone


@check(
    "milestones-ordered",
    title=_("The milestones follow one another"),
    help=_("No milestone falls before the one that comes first in the process."),
    component="process",
)
def milestones_ordered(contents):
    for conflict in schedule.conflicts(contents.rows(Milestone), contents.dates):
        before, after = conflict.before, conflict.after
        message = gettext("“%(after)s” (%(second)s) falls before “%(before)s” (%(first)s).")
        said = {"after": after, "second": day_in_words(contents.dates[after.code])}
        said |= {"before": before, "first": day_in_words(contents.dates[before.code])}
        yield Found(message % said, block="schedule", key=after.key, field="on" if after.on else "days")
