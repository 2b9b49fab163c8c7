from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import FeedbackWindow


@check(
    "feedback-window",
    title=_("Organizations that were not selected may ask why"),
    help=_("Good practice GP-02: a period after the results in which precise reasons are given."),
    component="process",
    blocking=False,
)
def feedback_window(contents):
    window = contents.single(FeedbackWindow)
    if window is None or not window.days or not window.answer_days:
        message = gettext("There is no period to ask for feedback. Practice GP-02 asks for one.")
        yield Found(message, block="feedback_window")
