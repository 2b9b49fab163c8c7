from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Indicator


@check(
    "indicators-levels",
    title=_("The matrix has indicators of its four levels"),
    help=_("End, purpose, components and activities: each level of the results matrix is measured."),
    component="indicators",
    blocking=False,
)
def indicators_levels(contents):
    present = {row.level for row in contents.rows(Indicator)}
    if missing := [str(level.label) for level in Indicator.Level if level not in present]:
        message = gettext("The matrix has no indicator of: %(missing)s.")
        yield Found(message % {"missing": ", ".join(missing).lower()}, block="indicators", field="level")
