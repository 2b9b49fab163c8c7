from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import CriterionLevel


@check(
    "levels-described",
    title=_("Each level of a criterion is described"),
    help=_("Good practice GP-08: write what a project must show to be given the points of that level."),
    component="beneficiaries",
    blocking=False,
)
def levels_described(contents):
    for row in contents.rows(CriterionLevel):
        if not row.descriptor.strip():
            message = gettext("The level “%(label)s” of %(points)d points has no description.")
            said = {"label": row.label, "points": row.points}
            yield Found(message % said, block="criteria", key=row.key, field="descriptor")
