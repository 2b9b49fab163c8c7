from django.utils.translation import gettext as _

from programs.models import FeedbackWindow
from programs.practice_checks.base import met, not_met, practice_check


@practice_check("GP-02")
def feedback_window(contents):
    """There is a period to ask for the reasons of a result, and a term to answer."""
    window = contents.single(FeedbackWindow)
    if window is None:
        return not_met(_("There is no feedback window."))
    if not (window.days and window.answer_days):
        return not_met(_("The feedback window lacks its days to ask or its days to answer."))
    return met(
        _(
            "Feedback window: %(days)d %(unit)s to ask, counted from “%(after)s”, and %(answer)d "
            "%(answer_unit)s to answer."
        )
        % {
            "days": window.days,
            "unit": window.get_unit_display(),
            "after": window.get_after_display(),
            "answer": window.answer_days,
            "answer_unit": window.get_answer_unit_display(),
        }
    )
