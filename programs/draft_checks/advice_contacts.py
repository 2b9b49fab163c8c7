from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Contact

LEAST = 3


@check(
    "advice-contacts",
    title=_("Three ways to ask for advice"),
    help=_("Good practice GP-10: telephone, e-mail and address, so that everybody can use one of them."),
    component="dissemination",
)
def advice_contacts(contents):
    channels = {row.channel for row in contents.rows(Contact) if row.purpose == Contact.Purpose.ADVICE}
    if len(channels) < LEAST:
        message = gettext(
            "There are %(count)d different channels for advice. Add contacts until there are three."
        )
        yield Found(message % {"count": len(channels)}, block="contacts", field="channel")
