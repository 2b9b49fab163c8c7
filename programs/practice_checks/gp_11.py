from django.utils.translation import gettext as _

from programs.models import DisseminationAction
from programs.practice_checks.base import labels, met, not_met, practice_check

NEEDED = ("medium", "on", "place", "audience", "language_or_format")


@practice_check("GP-11")
def dissemination(contents):
    """Every action of dissemination says how, when, where, to whom and in which language or format."""
    actions = contents.rows(DisseminationAction)
    if not actions:
        return not_met(_("There are no actions of dissemination."))
    for action in actions:
        if missing := [name for name in NEEDED if not getattr(action, name)]:
            said = {"name": action.medium, "missing": labels(DisseminationAction, missing)}
            return not_met(_("“%(name)s” lacks: %(missing)s.") % said)
    return met(
        _(
            "%(count)d actions of dissemination; all say the medium, date, place, audience and "
            "language or format."
        )
        % {"count": len(actions)}
    )
