from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import LockLevel

# The version that a text begins with when it comes from an earlier edition; a locked one is the Guide's
AS_CARRIED = 1


@check(
    "text-carried-over",
    title=_("Text carried over is reviewed"),
    help=_("Read it and save it, changed or not: then it counts as reviewed."),
    blocking=False,
)
def text_carried_over(contents):
    if not contents.edition.based_on_id:
        return
    for text in contents.texts:
        if text.version == AS_CARRIED and text.component.lock_level == LockLevel.FREE:
            message = gettext("The text of “%(component)s” is that of an earlier edition.")
            yield Found(message % {"component": text.component}, component=text.component.slug)
