from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import Requirement

# What an organization writes once in its profile of the portal.
HELD = {"rfc", "cluni", "clabe", "domicilio", "teléfono", "correo", "objeto"}


@check(
    "requirement-in-profile",
    title=_("What the organization's profile already holds is not asked for again"),
    help=_("The portal gives the agency the RFC, CLUNI, CLABE, address and contacts of each organization."),
    component="beneficiaries",
    blocking=False,
)
def requirement_in_profile(contents):
    """A requirement whose whole name is a piece of the profile; a proof of it is another thing."""
    for row in contents.rows(Requirement):
        if _plain(row.name) in HELD:
            message = gettext("“%(name)s” is in the profile of each organization: it need not be asked for.")
            yield Found(message % {"name": row.name}, block="requirements", key=row.key, field="name")


def _plain(name):
    return name.casefold().strip(" .:")
