from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Indicator

NEEDED = ("formula", "measure", "goal", "frequency", "means")


@check(
    "indicators-complete",
    title=_("Each indicator has its formula, unit, goal, frequency and means of verification"),
    help=_("Without them nobody can tell whether the goal was reached."),
    component="indicators",
)
def indicators_complete(contents):
    for row in contents.rows(Indicator):
        if missing := [name for name in NEEDED if getattr(row, name) in (None, "")]:
            labels = ", ".join(str(Indicator._meta.get_field(name).verbose_name) for name in missing)
            message = gettext("“%(name)s” does not say: %(missing)s.") % {"name": row, "missing": labels}
            yield Found(message, block="indicators", key=row.key, field=missing[0])
