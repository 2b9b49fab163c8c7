from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs.draft_checks.base import Found, check


@check(
    "guide-move-reviewed",
    title=_("What was moved to a newer Guide is reviewed"),
    help=_("Look at each part that the move listed, and mark it as reviewed on the page of the move."),
    blocking=False,
)
def guide_move_reviewed(contents):
    if count := len(contents.moved):
        message = ngettext(
            "%(count)d part that was moved to the newer Guide waits to be reviewed.",
            "%(count)d parts that were moved to the newer Guide wait to be reviewed.",
            count,
        )
        yield Found(message % {"count": count}, page="programs:draft_guide")
