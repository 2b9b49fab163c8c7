from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Criterion


@check(
    "tie-break",
    title=_("It is stated how a tie is broken"),
    help=_(
        "Give at least one criterion its place in the tie-break: "
        "the application that scores higher in it goes first."
    ),
    component="beneficiaries",
)
def tie_break(contents):
    criteria = contents.rows(Criterion)
    places = sorted(row.tie_break for row in criteria if row.tie_break)
    if criteria and not places:
        yield Found(
            gettext("No criterion breaks a tie. Give one of them place 1."),
            block="criteria",
            field="tie_break",
        )
    elif places != list(range(1, len(places) + 1)):
        message = gettext(
            "The places in the tie-break are %(places)s. They must run 1, 2, 3… without gaps or repeats."
        )
        yield Found(message % {"places": ", ".join(map(str, places))}, block="criteria", field="tie_break")
