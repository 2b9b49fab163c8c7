from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import LegalReference


@check(
    "legal-confirmed",
    title=_("Somebody confirmed each article against the official text"),
    help=_("Norms are reformed: read the article in the official text and write down the day."),
    component="legal-basis",
    blocking=False,
)
def legal_confirmed(contents):
    for row in contents.rows(LegalReference):
        if not (row.is_confirmed and row.consulted_on):
            message = gettext("“%(norm)s” has not been confirmed against the official text.") % {"norm": row}
            field = "consulted_on" if row.is_confirmed else "is_confirmed"
            yield Found(message, block="legal_references", key=row.key, field=field)
