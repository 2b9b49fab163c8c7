from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Contact

WORDS = "aviso de privacidad"


@check(
    "privacy-notice",
    title=_("It is said where the privacy notice is"),
    help=_("Name the privacy notice in the text, or add a contact for personal data with its page."),
    component="dissemination",
    blocking=False,
)
def privacy_notice(contents):
    if contents.says(WORDS) or any(row.purpose == Contact.Purpose.PRIVACY for row in contents.rows(Contact)):
        return
    yield Found(gettext("Neither the text nor the contacts say where the privacy notice is."))
