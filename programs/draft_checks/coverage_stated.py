from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import CoverageArea


@check(
    "coverage-stated",
    title=_("It is stated where the program works"),
    help=_("The whole state, some regions or some municipalities; priority areas are marked."),
    component="coverage",
    blocking=False,
)
def coverage_stated(contents):
    if not contents.rows(CoverageArea):
        yield Found(
            gettext("The coverage is not stated. Add the state, regions or municipalities."), block="coverage"
        )
