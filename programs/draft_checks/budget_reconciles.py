from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents import pesos
from programs import reconciliation
from programs.draft_checks.base import Found, check


@check(
    "budget-reconciles",
    title=_("The modalities and the operating expenses add up to the budget"),
    help=_("A difference of up to two pesos in a thousand is taken for rounding; it is always shown."),
    component="basic-info",
    blocking=False,
)
def budget_reconciles(contents):
    found = reconciliation.of(contents)
    if found is None or found.is_rounding:
        return
    message = gettext(
        "Ceilings and operating expenses add up to %(total)s and the budget is %(budget)s: "
        "%(gap)s of difference."
    )
    said = {"total": found.total, "budget": found.authorized, "gap": abs(found.difference)}
    yield Found(message % {k: pesos.figures(v) for k, v in said.items()}, block="budget", field="authorized")
