from django.utils.translation import gettext as _

from programs.models import CommitteeSeat
from programs.practice_checks.base import labels, met, not_met, practice_check

NEEDED = ("name", "chosen_by", "powers")


@practice_check("GP-03")
def committee(contents):
    """Every seat of the ruling committee says who holds it, with which powers and how they were chosen."""
    seats = contents.rows(CommitteeSeat)
    if not seats:
        return not_met(_("There are no seats of the ruling committee."))
    for seat in seats:
        if missing := [name for name in NEEDED if not getattr(seat, name).strip()]:
            said = {"name": seat.name, "missing": labels(CommitteeSeat, missing)}
            return not_met(_("The seat “%(name)s” lacks: %(missing)s.") % said)
    voting = sum(seat.has_vote for seat in seats)
    return met(
        _("%(count)d seats, %(voting)d with a vote; all say their powers and how the person is chosen.")
        % {"count": len(seats), "voting": voting}
    )
