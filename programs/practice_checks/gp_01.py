from django.utils.translation import gettext as _

from programs.models import Contact
from programs.practice_checks.base import listed, met, not_met, practice_check

REACHABLE = (Contact.Channel.PHONE, Contact.Channel.EMAIL, Contact.Channel.ADDRESS)


@practice_check("GP-01")
def internal_control_contact(contents):
    """The internal control body can be reached by telephone, e-mail or at an address."""
    found = [
        row
        for row in contents.rows(Contact)
        if row.purpose == Contact.Purpose.INTERNAL_CONTROL and row.channel in REACHABLE
    ]
    if not found:
        return not_met(_("No contact of the internal control body has a telephone, an e-mail or an address."))
    channels = listed(row.get_channel_display().lower() for row in found)
    return met(
        _("Contacts of the internal control body: %(count)d (%(channels)s).")
        % {"count": len(found), "channels": channels}
    )
