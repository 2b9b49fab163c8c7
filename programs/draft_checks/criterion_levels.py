from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Criterion, CriterionLevel


@check(
    "criterion-levels",
    title=_("Each criterion has its levels, and the highest gives all its points"),
    help=_("Levels tell applicant and evaluator what each score takes: at least two for each criterion."),
    component="beneficiaries",
)
def criterion_levels(contents):
    for criterion in contents.rows(Criterion):
        points = [row.points for row in contents.rows(CriterionLevel) if row.criterion_key == criterion.key]
        if message := _wrong(criterion, points):
            yield Found(message, block="criteria", key=criterion.key)


def _wrong(criterion, points):
    said = {"name": criterion.name, "top": max(points, default=0), "weight": criterion.weight}
    if len(points) < 2:
        return gettext("“%(name)s” needs at least two levels.") % said
    if said["top"] != criterion.weight:
        return (
            gettext("The highest level of “%(name)s” gives %(top)d points, and the criterion %(weight)d.")
            % said
        )
    return ""
