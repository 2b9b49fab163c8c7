from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Contact


@check(
    "control-contact",
    title=_("It is stated how to reach the internal control body"),
    help=_("Good practice GP-01: where complaints and reports are received, with at least one contact."),
    component="complaints",
)
def control_contact(contents):
    if not any(row.purpose == Contact.Purpose.INTERNAL_CONTROL for row in contents.rows(Contact)):
        yield Found(gettext("There is no contact of the internal control body. Add one."), block="contacts")
