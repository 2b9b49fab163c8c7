from django.utils.translation import gettext as _

from programs.models import TrainingSession
from programs.practice_checks.base import met, not_met, practice_check, unknown


@practice_check("GP-04")
def training(contents):
    """Training says how the need was found and has a dated session. A program may train nobody."""
    sessions = contents.rows(TrainingSession)
    if not sessions:
        return unknown(
            _(
                "There are no training sessions. If the program trains nobody, say so with its reason: "
                "it is not applicable."
            )
        )
    if unexplained := [row for row in sessions if not row.need.strip()]:
        return not_met(
            _("“%(name)s” does not say how its need was identified.") % {"name": unexplained[0].name}
        )
    dated = [row for row in sessions if row.on]
    if not dated:
        return not_met(_("None of the %(count)d sessions has a date.") % {"count": len(sessions)})
    return met(
        _("%(dated)d of %(count)d sessions have a date and all say how the need was identified.")
        % {"dated": len(dated), "count": len(sessions)}
    )
