from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import CommitteeSeat


@check(
    "committee-chosen",
    title=_("Each seat says how its holder is chosen and what they may do"),
    help=_("Good practice GP-03 asks for the selection and the powers of every seat."),
    component="process",
    blocking=False,
)
def committee_chosen(contents):
    for seat in contents.rows(CommitteeSeat):
        if not (seat.chosen_by and seat.powers):
            message = gettext(
                "The seat “%(name)s” does not say how its holder is chosen and what they may do."
            )
            field = "powers" if seat.chosen_by else "chosen_by"
            yield Found(message % {"name": seat.name}, block="committee_seats", key=seat.key, field=field)
