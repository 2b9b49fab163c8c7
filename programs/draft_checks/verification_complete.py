from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import VerificationRule

NEEDED = ("proof", "days", "received_by", "refund_days")


@check(
    "verification-complete",
    title=_("Each expense that may be paid says its proof, its term, who receives it and when to refund"),
    help=_("Good practice GP-07: what is handed over, until when, to whom, and what follows if it is not."),
    component="spending",
)
def verification_complete(contents):
    for row in contents.rows(VerificationRule):
        missing = [name for name in NEEDED if row.is_eligible and getattr(row, name) in (None, "")]
        if missing:
            labels = ", ".join(str(VerificationRule._meta.get_field(name).verbose_name) for name in missing)
            message = gettext("“%(name)s” does not say: %(missing)s.") % {"name": row, "missing": labels}
            yield Found(message, block="verification_rules", key=row.key, field=missing[0])
