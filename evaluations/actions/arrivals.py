"""Who comes once the session is open: a substitute who was called, or a member who is late."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from calls.actions import endings
from evaluations.actions import conflicts, sessions
from evaluations.models import Attendance, CommitteeMember, Session
from jobs import locks


class CannotAdmit(Exception):
    """Why the person does not take their place in the session."""


def absent(session):
    """The members of the committee who are not in the session, substitutes included."""
    here = Attendance.objects.filter(session=session, present=True)
    current = CommitteeMember.objects.current().filter(committee=session.committee)
    return current.exclude(pk__in=here.values("member")).select_related("seat", "user").in_order()


@transaction.atomic
def admit(session, member, *, by, at=None):
    """Let a member in: they read the files that they are not recused from, and count for their quorum."""
    sessions.demand_running(by, session.committee.call)
    (session,) = locks.exclusive(Session.objects.filter(pk=session.pk).select_related("committee__call"))
    endings.refuse_if_ended(session.committee.call)
    if not session.is_open:
        raise CannotAdmit(_("The session is not open."))
    if not absent(session).filter(pk=member.pk).exists():
        raise CannotAdmit(_("That person is in the session already, or has no seat."))
    if not conflicts.has_declared(session.committee.call, member.user):
        raise CannotAdmit(_("%(name)s has not declared their conflicts of interest.") % {"name": member.user})
    at = acts.moment(at)
    Attendance.objects.update_or_create(session=session, member=member, defaults={"present": True, "at": at})
    sessions.let_read(session, [member], at)
    acts.record("session.admit", session, by=by, at=at, note=f"{member.seat.key} {member.user.public_id}")
