"""What this app shows that is publicity, so that an electoral blackout withholds it."""

from django.utils.translation import gettext_lazy as _

from programs import withholding

BOARD = "board"


@withholding.publicity(BOARD, label=_("Figures of achievements on the public board"), is_single=True)
def board(_reference):
    return str(_("Follow-up"))
