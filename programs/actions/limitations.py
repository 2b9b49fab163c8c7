"""Regulatory limitations that end: both sides are warned a month before, and told once when one is over.

What a limitation counts for is read from its last day, so that nothing false is shown if this runs late.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import notices
from accounts.acts import moment, record
from accounts.dates import day_in_words, local_date
from accounts.models import Membership, Role, User
from programs import proofs
from programs.actions import histories
from programs.models import AgencyDuty, Assessment, AssessmentVersion
from programs.models.editions import PUBLIC_STATES

WARNED_BEFORE = 30  # days


def review_what_ends(*, at=None):
    """Tell of each limitation that is over or will be within a month. Done twice, it is done once."""
    at = moment(at)
    today = local_date(at)
    open_ones = Assessment.objects.open_to_change().select_related(
        "edition__program__agency__body", "practice"
    )
    for one in open_ones.expired(on=today).filter(expired_at=None).order_by("pk"):
        expire(one, at=at)
    for one in open_ones.ending(on=today, days=WARNED_BEFORE).filter(warned_at=None).order_by("pk"):
        warn(one, at=at)


@transaction.atomic
def expire(assessment, *, at):
    """Return an expired limitation to the agency's editors and planning's assessors, once, and keep it so."""
    if not _mark(assessment, "expired_at", at):
        return
    record("assessment.expire", assessment, by=None, at=at, note=assessment.practice.code)
    histories.keep(assessment, AssessmentVersion.Kind.EXPIRED, by=None, at=at)
    _tell(
        assessment,
        kind="assessment.expired",
        subject=lambda: _("The limitation of %(practice)s in %(edition)s expired") % _named(assessment),
        body=lambda: (
            _("%(norm)s limited it until %(day)s. It no longer explains the gap: declare the practice again.")
            % _named(assessment)
        ),
        at=at,
    )


@transaction.atomic
def warn(assessment, *, at):
    """Tell both sides that a limitation ends soon."""
    if not _mark(assessment, "warned_at", at):
        return
    record("assessment.warn", assessment, by=None, at=at, note=assessment.practice.code)
    _tell(
        assessment,
        kind="assessment.ends",
        subject=lambda: _("The limitation of %(practice)s in %(edition)s ends soon") % _named(assessment),
        body=lambda: (
            _("%(norm)s limits it until %(day)s. Review whether it still does and declare it again.")
            % _named(assessment)
        ),
        at=at,
    )


def _mark(assessment, name, at):
    """Only the first that marks it tells; none does when the agency declared something else meanwhile."""
    seen = Assessment.objects.filter(pk=assessment.pk, assessed_at=assessment.assessed_at, **{name: None})
    return seen.update(**{name: at})


def _named(assessment):
    return {
        "practice": assessment.practice.code,
        "edition": assessment.edition,
        "norm": assessment.citation,
        "day": day_in_words(assessment.last_day),
    }


def _tell(assessment, **said):
    """The editors are led to where they declare it; planning, once it is public, to where all is read."""
    edition, practice = assessment.edition, assessment.practice.code
    declare = reverse("programs:assess", args=[edition.code, practice])
    notices.notify_all(_holders(Role.EDITOR, [edition.program.agency.body_id]), link=declare, **said)
    if edition.state in PUBLIC_STATES:
        read = proofs.history_url(edition, assessment.practice)
        guides = AgencyDuty.objects.bodies_of(AgencyDuty.Kind.GUIDES)
        notices.notify_all(_holders(Role.ASSESSOR, guides), link=read, **said)


def _holders(role, bodies):
    seats = Membership.objects.current().with_role(role).filter(body__in=bodies)
    return User.objects.filter(is_active=True, pk__in=seats.values("user")).order_by("pk")
