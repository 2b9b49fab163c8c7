from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import VerificationRule


@check(
    "verification-both",
    title=_("It is said which expenses may be paid and which may not"),
    help=_("An organization must know before it spends: a list of what is allowed is not enough."),
    component="spending",
    blocking=False,
)
def verification_both(contents):
    kinds = {row.is_eligible for row in contents.rows(VerificationRule)}
    if True not in kinds:
        yield Found(
            gettext("No expense is listed as one that may be paid. Add them."), block="verification_rules"
        )
    if False not in kinds:
        yield Found(
            gettext("No expense is listed as one that may not be paid. Add them."), block="verification_rules"
        )
