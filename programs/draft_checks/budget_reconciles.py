from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents import pesos
from programs.draft_checks.base import Found, check
from programs.models import Budget, SupportModality


@check(
    "budget-reconciles",
    title=_("The ceilings of the modalities and the operating expenses add up to the budget"),
    help=_("Where they do not, the difference is shown: it may be rounding, or money that nobody may use."),
    component="basic-info",
    blocking=False,
)
def budget_reconciles(contents):
    budget, ceilings = contents.single(Budget), [row.ceiling for row in contents.rows(SupportModality)]
    if budget is None or not ceilings or None in ceilings:
        return
    total = sum(ceilings) + budget.operating
    if total != budget.authorized:
        message = gettext(
            "Ceilings and operating expenses add up to %(total)s and the budget is %(budget)s: "
            "%(gap)s of difference."
        )
        said = {"total": total, "budget": budget.authorized, "gap": abs(budget.authorized - total)}
        yield Found(
            message % {k: pesos.figures(v) for k, v in said.items()}, block="budget", field="authorized"
        )
