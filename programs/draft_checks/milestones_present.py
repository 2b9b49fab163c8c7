from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Milestone, MilestoneCode


@check(
    "milestones-present",
    title=_("The schedule has its ten milestones"),
    help=_(
        "Good practice GP-09: each milestone with its date, or the term and the milestone it is counted from."
    ),
    component="process",
)
def milestones_present(contents):
    present = {row.code for row in contents.rows(Milestone)}
    if missing := [code.label for code in MilestoneCode if code not in present]:
        message = gettext("The schedule lacks: %(missing)s.") % {
            "missing": ", ".join(map(str, missing)).lower()
        }
        yield Found(message, block="schedule")
    for row in contents.rows(Milestone):
        if row.code not in contents.dates:
            message = gettext("“%(milestone)s” is counted from a milestone that has no date.") % {
                "milestone": row
            }
            yield Found(message, block="schedule", key=row.key, field="after")
