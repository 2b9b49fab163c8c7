"""The acts of committees and evaluators, as people say them."""

from django.utils.translation import gettext_lazy as _

from accounts.words import say

say(
    {
        "committee.form": _("Formed a committee"),
        "committee.appoint": _("Appointed a member of a committee"),
        "committee.add_evaluator": _("Added an evaluator"),
        "conflict.declare": _("Declared about conflicts of interest"),
        "assignment.create": _("Assigned an application to score"),
        "review.hand_in": _("Handed in scores"),
        "review.reopen": _("Reopened scores"),
        "session.convene": _("Convened a session"),
        "session.open": _("Opened a session"),
        "session.vote": _("Voted in a session"),
        "session.close": _("Closed a session"),
        "ruling.draft": _("Drafted a ruling"),
        "ruling.issue": _("Issued a ruling"),
        "ruling.release": _("Released a ruling"),
        "feedback.ask": _("Asked for feedback on a result"),
        "feedback.answer": _("Answered a request for feedback"),
        "remedy.file": _("Filed a remedy"),
        "remedy.admit": _("Admitted a remedy"),
        "remedy.dismiss": _("Dismissed a remedy"),
        "remedy.study": _("Took a remedy to study"),
        "remedy.resolve": _("Resolved a remedy"),
        "control_report.file": _("Received a report to the internal control body"),
        "control_report.conclude": _("Concluded a report to the internal control body"),
    }
)
