from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Requirement


@check(
    "requirement-grounds",
    title=_("Each document to register says by which norm it is asked for"),
    help=_("Write its legal basis; a document that no norm asks for may not be needed."),
    component="beneficiaries",
    blocking=False,
)
def requirement_grounds(contents):
    for row in contents.rows(Requirement):
        if row.stage == Requirement.Stage.APPLICATION and not row.legal_basis:
            message = gettext("“%(name)s” does not say by which norm it is asked for.") % {"name": row.name}
            yield Found(message, block="requirements", key=row.key, field="legal_basis")
