from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import ParticipationMechanism


@check(
    "participation-declared",
    title=_("Beneficiaries take part in forming the Rules and in watching over them"),
    help=_("Good practice GP-12: declare a consultation and a mechanism of social control."),
    component="control-participation",
    blocking=False,
)
def participation_declared(contents):
    kinds = {row.kind for row in contents.rows(ParticipationMechanism)}
    for kind in ParticipationMechanism.Kind:
        if kind not in kinds:
            message = gettext("Nothing is declared of this kind: %(kind)s.") % {"kind": kind.label}
            yield Found(message, block="participation", field="kind")
