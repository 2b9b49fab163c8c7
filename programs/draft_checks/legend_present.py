from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check

WORDS = "ajeno a cualquier partido político"


@check(
    "legend-present",
    title=_("The legend of public programs is written"),
    help=_("Write it in this component: the program is public and belongs to no political party."),
    component="dissemination",
    blocking=False,
)
def legend_present(contents):
    if not contents.says(WORDS):
        yield Found(gettext("No component has the legend “…%(words)s…”.") % {"words": WORDS})
