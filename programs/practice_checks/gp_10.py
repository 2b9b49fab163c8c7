from django.utils.translation import gettext as _

from programs.models import Contact
from programs.practice_checks.base import listed, met, not_met, practice_check

ENOUGH = 3


@practice_check("GP-10")
def advice(contents):
    """There are at least three ways of a different kind to ask for advice."""
    rows = [row for row in contents.rows(Contact) if row.purpose == Contact.Purpose.ADVICE]
    channels = [
        channel.label.lower() for channel in Contact.Channel if channel in {row.channel for row in rows}
    ]
    said = {"count": len(channels), "channels": listed(channels)}
    if not rows:
        return not_met(_("There are no contacts for advice."))
    if len(channels) < ENOUGH:
        return not_met(
            _("Only %(count)d of the three different kinds of contact for advice: %(channels)s.") % said
        )
    return met(_("%(count)d different kinds of contact for advice: %(channels)s.") % said)
