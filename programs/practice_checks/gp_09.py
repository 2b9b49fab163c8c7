from itertools import pairwise

from django.utils.translation import gettext as _

from programs.models import Milestone, MilestoneCode, Side
from programs.practice_checks.base import listed, met, not_met, practice_check


@practice_check("GP-09")
def schedule(contents):
    """The ten milestones are there, dated and in order, and bind both the organizations and the agency."""
    rows = {row.code: row for row in contents.rows(Milestone)}
    if missing := [code.label for code in MilestoneCode if code not in rows]:
        return not_met(_("Milestones without a row: %(missing)s.") % {"missing": listed(missing)})
    dates = contents.dates
    if undated := [code.label for code in MilestoneCode if code not in dates]:
        return not_met(_("Milestones without a date: %(missing)s.") % {"missing": listed(undated)})
    for before, after in pairwise(MilestoneCode):
        if dates[after] < dates[before]:
            said = {"after": after.label, "before": before.label}
            return not_met(_("“%(after)s” is dated before “%(before)s”.") % said)
    bound = {row.side for row in rows.values()}
    if not (bound & {Side.CSO, Side.BOTH} and bound & {Side.AGENCY, Side.BOTH}):
        return not_met(_("The schedule does not bind both the organizations and the agency."))
    return met(_("The ten milestones are dated and in order, and each says who answers for it."))
