from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Criterion


@check(
    "priority-groups",
    title=_("A criterion favours priority groups or the reduction of inequality"),
    help=_("Good practice GP-08: clear criteria that give priority to the reduction of inequality."),
    component="beneficiaries",
    blocking=False,
)
def priority_groups(contents):
    criteria = contents.rows(Criterion)
    if criteria and not any(row.favours_priority_groups for row in criteria):
        message = gettext("No criterion favours priority groups. Practice GP-08 asks for one.")
        yield Found(message, block="criteria", field="favours_priority_groups")
