from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from programs.draft_checks.base import Found, check
from programs.models import PlannedPayment, PlannedReport


@check(
    "payments-after-reports",
    title=_("No instalment is paid before the report that it waits for"),
    help=_("An instalment that needs a report accepted falls on the day of that report, or later."),
    component="spending",
)
def payments_after_reports(contents):
    reports = {row.key: row for row in contents.rows(PlannedReport)}
    for row in contents.rows(PlannedPayment):
        report = reports.get(row.report_key)
        paid, handed_in = contents.due(row), contents.due(report) if report else None
        if paid and handed_in and paid < handed_in:
            message = gettext("“%(name)s” is paid on %(paid)s and waits for “%(report)s”, due on %(due)s.")
            said = {"name": row, "paid": day_in_words(paid), "report": report}
            said["due"] = day_in_words(handed_in)
            yield Found(message % said, block="payments", key=row.key, field="report_key")
