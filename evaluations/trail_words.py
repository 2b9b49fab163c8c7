"""The acts of committees and evaluators, as people say them."""

from django.utils.translation import gettext_lazy as _

from accounts.words import keep_unnamed, say

# Who gave a file to a person would read under which alias that person scores it
keep_unnamed("assignment.by_hand", "assignment.create")

say(
    {
        "committee.form": _("Formed a committee"),
        "committee.appoint": _("Appointed a member of a committee"),
        "committee.add_evaluator": _("Added an evaluator"),
        "conflict.declare": _("Declared about conflicts of interest"),
        "conflict.answer_detected": _("Answered a tie found in the data"),
        "draw.commit": _("Committed a draw of evaluators"),
        "draw.draw": _("Drew the evaluators"),
        "assignment.by_hand": _("Gave an application to score by hand"),
        "evaluator.tell_specialties": _("Told what they know best"),
        "assignment.create": _("Assigned an application to score"),
        "review.hand_in": _("Handed in scores"),
        "review.reopen": _("Reopened scores"),
        "calibration.choose": _("Chose the sample to be scored"),
        "evaluation.set_threshold": _("Set the threshold of divergence"),
        "divergence.call": _("A third evaluator was called for a file"),
        "divergence.assign": _("Gave a file in divergence to a third evaluator"),
        "divergence.go_on": _("Went on without a third evaluator"),
        "sample.hand_in": _("Handed in the sample"),
        "session.convene": _("Convened a session"),
        "session.open": _("Opened a session"),
        "session.admit": _("Let a member into a session"),
        "session.vote": _("Voted in a session"),
        "session.close": _("Closed a session"),
        "ruling.draft": _("Drafted a ruling"),
        "ruling.issue": _("Issued a ruling"),
        "ruling.release": _("Released a ruling"),
        "embargo.set": _("Left results for a chosen minute"),
        "embargo.cancel": _("Took back the minute of the results"),
        "embargo.keep": _("Results released at their minute"),
        "embargo.fail": _("Results not released at their minute"),
        "ruling.promote": _("Awarded from the reserve list"),
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
