from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Requirement
from programs.practice_checks.base import labels
from programs.practice_checks.requirements import SAID, missing_in

NEEDED = (*SAID, "quantity")


@check(
    "payment-documents",
    title=_("Each document of the payment request says how, in which form, signed how, when and how many"),
    help=_("Good practice GP-06: complete the row of each document of that stage."),
    component="beneficiaries",
    blocking=False,
)
def payment_documents(contents):
    for row in contents.rows(Requirement):
        missing = missing_in(row, NEEDED) if row.stage == Requirement.Stage.PAYMENT else []
        if missing:
            message = gettext("“%(name)s” does not say: %(missing)s.")
            said = {"name": row.name, "missing": labels(Requirement, missing)}
            yield Found(message % said, block="requirements", key=row.key, field=missing[0])
