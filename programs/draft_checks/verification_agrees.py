from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import BudgetRule, VerificationRule


@check(
    "verification-agrees",
    title=_("The verification allows what the budget allows"),
    help=_("What a project's budget allows is not refused when it is verified, nor the reverse."),
    component="spending",
)
def verification_agrees(contents):
    allowed = {_plain(row.concept): row.is_allowed for row in contents.rows(BudgetRule)}
    for row in contents.rows(VerificationRule):
        if allowed.get(_plain(row.concept), row.is_eligible) != row.is_eligible:
            message = (
                gettext("“%(name)s” may be paid here and may not be budgeted.")
                if row.is_eligible
                else gettext("“%(name)s” may not be paid here and may be budgeted.")
            )
            said = message % {"name": row}
            yield Found(said, block="verification_rules", key=row.key, field="is_eligible")


def _plain(concept):
    """Capitals and blanks do not tell two concepts apart."""
    return " ".join(concept.casefold().split())
