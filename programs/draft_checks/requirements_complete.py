from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Requirement

NEEDED = ("delivery", "form", "signature", "deadline")


@check(
    "requirements-complete",
    title=_("Each requirement says how it is delivered, in which form, signed how and until when"),
    help=_("Good practice GP-05: nobody should have to ask how a document is wanted."),
    component="beneficiaries",
)
def requirements_complete(contents):
    requirements = contents.rows(Requirement)
    if not requirements:
        yield Found(gettext("There are no requirements yet. Add them."), block="requirements")
    for row in requirements:
        if missing := [name for name in NEEDED if not getattr(row, name)]:
            said = {"name": row.name, "missing": ", ".join(str(_label(name)) for name in missing)}
            message = gettext("“%(name)s” does not say: %(missing)s.") % said
            yield Found(message, block="requirements", key=row.key, field=missing[0])


def _label(name):
    return Requirement._meta.get_field(name).verbose_name
