from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Requirement
from programs.practice_checks.base import labels
from programs.practice_checks.requirements import SAID, missing_in

NEEDED = (*SAID, "quantity", "received_by")


@check(
    "verification-documents",
    title=_("Each deliverable of the verification says how, when, how many and who receives it"),
    help=_("Good practice GP-07: complete the row of each document of that stage."),
    component="beneficiaries",
    blocking=False,
)
def verification_documents(contents):
    for row in contents.rows(Requirement):
        missing = missing_in(row, NEEDED) if row.stage == Requirement.Stage.VERIFICATION else []
        if missing:
            message = gettext("“%(name)s” does not say: %(missing)s.")
            said = {"name": row.name, "missing": labels(Requirement, missing)}
            yield Found(message % said, block="requirements", key=row.key, field=missing[0])
