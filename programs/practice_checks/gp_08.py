from django.utils.translation import gettext as _

from programs.models import Criterion, CriterionLevel, ScoringRule
from programs.practice_checks.base import listed, met, not_met, practice_check


@practice_check("GP-08")
def selection(contents):
    """Criteria add up to 100, have levels and a tie-break, favour priority groups; there is a pass mark."""
    criteria = contents.rows(Criterion)
    if not criteria:
        return not_met(_("There are no selection criteria."))
    if missing := list(_missing(criteria, contents)):
        return not_met(_("The criteria lack: %(missing)s.") % {"missing": listed(missing)})
    favoured = [row for row in criteria if row.favours_priority_groups and row.weight]
    return met(
        _(
            "%(count)d criteria that add up to 100, with described levels, a tie-break and a pass mark of "
            "%(mark)d; %(points)d points favour the reduction of inequality or priority groups."
        )
        % {
            "count": len(criteria),
            "mark": contents.single(ScoringRule).pass_mark,
            "points": sum(row.weight for row in favoured),
        }
    )


def _missing(criteria, contents):
    total = sum(row.weight for row in criteria)
    if total != 100:
        yield _("adding up to 100 points (they add up to %(total)d)") % {"total": total}
    described = {level.criterion_key for level in contents.rows(CriterionLevel) if level.descriptor.strip()}
    if bare := [row.name for row in criteria if row.key not in described]:
        yield _("described levels in “%(name)s”") % {"name": bare[0]}
    if not any(row.favours_priority_groups and row.weight for row in criteria):
        yield _("one with points that favours the reduction of inequality or priority groups")
    if not any(row.tie_break for row in criteria):
        yield _("a tie-break")
    rule = contents.single(ScoringRule)
    if rule is None or not rule.pass_mark:
        yield _("a pass mark")
