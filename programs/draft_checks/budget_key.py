import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Budget

# Groups of digits or capitals; the catalogue of the state's keys is not in the portal.
PATTERN = re.compile(r"[A-Z0-9]+([ .\-/][A-Z0-9]+)*")


@check(
    "budget-key",
    title=_("The budget key is stated and well formed"),
    help=_(
        "Copy it from the budget decree: digits and capitals in groups parted by blanks, dots or hyphens."
    ),
    component="basic-info",
    blocking=False,
)
def budget_key(contents):
    budget = contents.single(Budget)
    if budget is None:
        return
    if not budget.budget_key:
        found = gettext("The budget key is not stated.")
    elif not PATTERN.fullmatch(budget.budget_key):
        found = gettext("“%(key)s” is not a budget key.") % {"key": budget.budget_key}
    else:
        return
    yield Found(found, block="budget", key=budget.key, field="budget_key")
