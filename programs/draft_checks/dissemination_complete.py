from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import DisseminationAction
from programs.practice_checks.base import labels

NEEDED = ("on", "place", "audience", "language_or_format")


@check(
    "dissemination-complete",
    title=_("Each action of dissemination says when, where, to whom and in which language or format"),
    help=_("Good practice GP-11: public and freely accessible media, in time and culturally relevant."),
    component="dissemination",
    blocking=False,
)
def dissemination_complete(contents):
    if not contents.rows(DisseminationAction):
        yield Found(
            gettext("No action of dissemination is planned. Add at least one."), block="dissemination"
        )
    for row in contents.rows(DisseminationAction):
        if missing := [name for name in NEEDED if not getattr(row, name)]:
            said = {"name": row, "missing": labels(DisseminationAction, missing)}
            message = gettext("“%(name)s” does not say: %(missing)s.") % said
            yield Found(message, block="dissemination", key=row.key, field=missing[0])
