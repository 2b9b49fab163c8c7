from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Milestone, Side


@check(
    "milestones-bind-both",
    title=_("The schedule binds the organizations and the agency"),
    help=_("Good practice GP-09: dates that only one side must keep are no agreement. Say who owes each."),
    component="process",
    blocking=False,
)
def milestones_bind_both(contents):
    sides = {row.side for row in contents.rows(Milestone)}
    for side in (Side.AGENCY, Side.CSO) if sides else ():
        if not sides & {side, Side.BOTH}:
            message = gettext("No milestone is owed by: %(side)s.") % {"side": side.label}
            yield Found(message, block="schedule", field="side")
