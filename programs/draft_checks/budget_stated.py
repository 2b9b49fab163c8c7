from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Budget


@check(
    "budget-stated",
    title=_("The authorised budget is stated"),
    help=_("The authorised budget of the year, and how much of it are operating expenses."),
    component="basic-info",
)
def budget_stated(contents):
    budget = contents.single(Budget)
    if budget is None or budget.authorized <= 0:
        yield Found(gettext("The authorised budget is not stated."), block="budget", field="authorized")
