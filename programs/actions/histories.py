"""Keeping what is said of a practice: a row a declaration or answer, in the transaction of its act."""

from accounts.models import Body, Role
from programs.models import AgencyDuty, AssessmentVersion
from programs.models.practices import Said

Kind = AssessmentVersion.Kind
SAID = [field.attname for field in Said._meta.get_fields()]


def keep(assessment, kind, *, by, at):
    """Add to the history of a practice what its assessment says now. To be called inside the act."""
    history = AssessmentVersion.objects.of(assessment.edition, assessment.practice)
    last = history.order_by("-number").values_list("number", flat=True).first() or 0
    return AssessmentVersion.objects.create(
        edition=assessment.edition,
        practice=assessment.practice,
        number=last + 1,
        kind=kind,
        note=assessment.review_note if kind in (Kind.CONFIRMED, Kind.CONTESTED) else "",
        body=_body_of(assessment, kind, by),
        by=by,
        at=at,
        **{name: getattr(assessment, name) for name in SAID},
    )


def _body_of(assessment, kind, by):
    """For whom it is said: the agency, planning, or nobody where it is the report or the calendar."""
    if kind == Kind.DECLARED:
        return assessment.edition.program.agency.body
    if kind in (Kind.CONFIRMED, Kind.CONTESTED):
        guides = AgencyDuty.objects.bodies_of(AgencyDuty.Kind.GUIDES)
        seats = by.memberships.current().with_role(Role.ASSESSOR, Role.GUIDE_OWNER)
        return Body.objects.filter(pk__in=guides).filter(pk__in=seats.values("body")).first()
    return None
