from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import PlannedPayment


@check(
    "payments-dated",
    title=_("Each instalment says when it is paid and by whom"),
    help=_("The date on which the money arrives is what organizations ask about first."),
    component="spending",
    blocking=False,
)
def payments_dated(contents):
    rows = contents.rows(PlannedPayment)
    if not rows:
        yield Found(gettext("There are no instalments yet. Add them."), block="payments")
    for row in rows:
        if contents.due(row) is None:
            message = gettext("“%(name)s” has no date, nor a term that leads to one.")
            yield Found(message % {"name": row}, block="payments", key=row.key, field="days")
        if not row.paid_by:
            message = gettext("“%(name)s” does not say who pays it.")
            yield Found(message % {"name": row}, block="payments", key=row.key, field="paid_by")
