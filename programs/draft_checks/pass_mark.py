from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import ScoringRule


@check(
    "pass-mark",
    title=_("The pass mark is stated, from 1 to 100"),
    help=_("The least score with which an application may receive support."),
    component="beneficiaries",
)
def pass_mark(contents):
    rule = contents.single(ScoringRule)
    if rule is None:
        yield Found(gettext("The pass mark is not stated. Add the rule of scoring."), block="criteria")
    elif not 1 <= rule.pass_mark <= 100:
        message = gettext("The pass mark is %(mark)d. It must be from 1 to 100.") % {"mark": rule.pass_mark}
        yield Found(message, block="criteria", key=rule.key, field="pass_mark")
