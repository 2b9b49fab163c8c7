from django.utils.translation import gettext as _

from programs.models import ParticipationMechanism
from programs.practice_checks.base import listed, met, not_met, practice_check


@practice_check("GP-12")
def participation(contents):
    """Beneficiaries are consulted in forming the Rules, and a mechanism of social control is provided."""
    kinds = {row.kind for row in contents.rows(ParticipationMechanism)}
    if missing := [kind.label for kind in ParticipationMechanism.Kind if kind not in kinds]:
        return not_met(_("Participation lacks: %(missing)s.") % {"missing": listed(missing)})
    names = listed(row.name for row in contents.rows(ParticipationMechanism))
    return met(
        _("A consultation and a mechanism of social control are declared: %(names)s.") % {"names": names}
    )
