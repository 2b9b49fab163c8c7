from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Requirement


@check(
    "requirement-twice",
    title=_("The same document is not asked for twice"),
    help=_("An organization that handed a document over should not have to hand it over again."),
    component="beneficiaries",
    blocking=False,
)
def requirement_twice(contents):
    first_stage = {}
    for row in contents.rows(Requirement):
        asked = (slugify(row.name), row.modality_key)
        if asked in first_stage:
            said = {"name": row.name, "first": first_stage[asked], "again": row.get_stage_display()}
            message = gettext("“%(name)s” is asked for twice: %(first)s and %(again)s.") % said
            yield Found(message, block="requirements", key=row.key, field="name")
        first_stage.setdefault(asked, row.get_stage_display())
