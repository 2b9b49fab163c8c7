from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Annex, Requirement


@check(
    "annexes-at-hand",
    title=_("Each annex has its file or its link"),
    help=_("A form that a requirement asks for must be at hand of whoever has to fill it."),
    component="beneficiaries",
)
def annexes_at_hand(contents):
    asked = {row.annex_key: row for row in contents.rows(Requirement) if row.annex_key}
    for row in contents.rows(Annex):
        if not (row.file_name or row.link):
            message = gettext("The annex “%(name)s” has neither file nor link.")
            if row.key in asked:
                message = gettext("“%(requirement)s” asks for “%(name)s”, which has neither file nor link.")
            said = message % {"name": row, "requirement": asked.get(row.key)}
            yield Found(said, block="annexes", key=row.key, field="link")
