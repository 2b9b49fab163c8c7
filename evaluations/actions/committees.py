"""The committee of a call and its pool of evaluators: who is appointed, who replaces whom."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import Body, BodyKind, Membership, Role
from calls.models import Organization
from calls.states import BEFORE_RESULTS
from evaluations import notices
from evaluations.models import Assignment, Committee, CommitteeMember
from evaluations.rules import MUST_NOT_SCORE, agency_body, demand, holds

EVALUATOR_ELSEWHERE = (Role.CHAIR, Role.SECRETARY)


def why_closed(call):
    """Why nobody is appointed, replaced or removed now; nothing while it is possible."""
    if call.state in BEFORE_RESULTS:
        return ""
    return _("The committee is appointed between the publication of the call and its results.")


class CannotAppoint(Exception):
    """Why this person may not have this place, in words the agency can read."""


@transaction.atomic
def form(call, *, by, at=None):
    """The committee of a call, made with its body the first time it is asked for."""
    if found := Committee.objects.filter(call=call).select_related("body").first():
        return found
    _refuse_unless_possible(call, by)
    at = acts.moment(at)
    body = Body.objects.create(
        kind=BodyKind.COMMITTEE,
        name_es=f"Comité dictaminador de {call.folio}",
        name_en=f"Ruling committee of {call.folio}",
        short_name=f"Comité {call.folio}"[:60],
        is_demo=call.is_demo,
    )
    committee = Committee.objects.create(call=call, body=body, formed_at=at)
    acts.record("committee.form", committee, by=by, at=at, note=call.folio)
    return committee


@transaction.atomic
def appoint(call, seat, user, *, by, how_chosen, substitute=False, at=None):
    """Give a seat of the published Rules to a person, or name the substitute of its holder."""
    _refuse_unless_possible(call, by)
    at = acts.moment(at)
    committee = form(call, by=by, at=at)
    _refuse_seat(committee, seat, user, substitute, how_chosen)
    member = CommitteeMember.objects.create(
        committee=committee,
        seat=seat,
        user=user,
        is_substitute=substitute,
        how_chosen=how_chosen.strip(),
        since=at,
    )
    Membership.objects.create(user=user, body=committee.body, role=seat.kind, since=at)
    acts.record("committee.appoint", committee, by=by, at=at, note=f"{seat.key} {user.public_id}")
    notices.appointed(user, call, at)
    return member


@transaction.atomic
def replace(member, user, *, by, how_chosen, reason, at=None):
    """End a person's seat, with the reason, and give it to another."""
    call = member.committee.call
    _refuse_unless_possible(call, by)
    if not reason.strip():
        raise CannotAppoint(_("Write why the person is replaced."))
    at = acts.moment(at)
    if member.until is not None:
        raise CannotAppoint(_("That person no longer holds the seat."))
    _end(member, at)
    acts.record(
        "committee.replace", member.committee, by=by, at=at, note=f"{member.seat.key}: {reason.strip()}"
    )
    return appoint(
        call, member.seat, user, by=by, how_chosen=how_chosen, substitute=member.is_substitute, at=at
    )


@transaction.atomic
def add_evaluator(call, user, *, by, at=None):
    """Bring a person into the pool of evaluators of the call."""
    _refuse_unless_possible(call, by)
    at = acts.moment(at)
    committee = form(call, by=by, at=at)
    _refuse_who_applies(call, user)
    _refuse_who_may_not_score(committee, user)
    if holds(user, committee.body, Role.EVALUATOR):
        raise CannotAppoint(_("This person is already an evaluator of this call."))
    membership = Membership.objects.create(user=user, body=committee.body, role=Role.EVALUATOR, since=at)
    acts.record("committee.add_evaluator", committee, by=by, at=at, note=user.public_id)
    notices.appointed(user, call, at)
    return membership


@transaction.atomic
def remove_evaluator(call, user, *, by, reason, at=None):
    """Take a person out of the pool, with the reason; the files they have not handed in are withdrawn."""
    _refuse_unless_possible(call, by)
    if not reason.strip():
        raise CannotAppoint(_("Write why the person leaves the pool."))
    at = acts.moment(at)
    held = Membership.objects.filter(user=user, body__committee__call=call, role=Role.EVALUATOR, until=None)
    if not held.update(until=at):
        raise CannotAppoint(_("This person is not an evaluator of this call."))
    open_files = Assignment.objects.active().of_call(call).filter(evaluator=user, review__state="draft")
    open_files.update(withdrawn_at=at, withdrawn_reason=reason.strip()[:300])
    user.reading_rights.filter(application__call=call, kind="evaluator", until=None).update(until=at)
    acts.record(
        "committee.remove_evaluator", call.committee, by=by, at=at, note=f"{user.public_id}: {reason}"
    )


def _end(member, at):
    member.membership.update(until=at)
    CommitteeMember.objects.filter(pk=member.pk).update(until=at)


def _refuse_unless_possible(call, by):
    demand(
        by, "evaluations.appoint_committee", call,
        _("The committee is appointed by the operator or the head of the agency of the call."),
    )  # fmt: skip
    if reason := why_closed(call):
        raise CannotAppoint(reason)


def _refuse_seat(committee, seat, user, substitute, how_chosen):
    if seat.publication_id != committee.call.publication_id:
        raise CannotAppoint(_("That seat is not one of the Rules of this call."))
    if not how_chosen.strip():
        raise CannotAppoint(_("Write how this person was chosen: it is published."))
    held = CommitteeMember.objects.filter(committee=committee, until=None)
    if held.filter(seat=seat, is_substitute=substitute).exists():
        raise CannotAppoint(_("That seat is taken. Replace its holder instead, saying why."))
    if held.filter(user=user).exists():
        raise CannotAppoint(_("This person already has a seat in this committee."))
    if seat.kind in EVALUATOR_ELSEWHERE and holds(user, committee.body, Role.EVALUATOR):
        raise CannotAppoint(_("Whoever scores neither chairs the committee nor keeps its minutes."))
    _refuse_who_applies(committee.call, user)


def _refuse_who_may_not_score(committee, user):
    if holds(user, agency_body(committee.call), *MUST_NOT_SCORE):
        raise CannotAppoint(
            _("People of the agency's desk know who applied: they do not score. Choose someone else.")
        )
    if holds(user, committee.body, *EVALUATOR_ELSEWHERE):
        raise CannotAppoint(_("Whoever chairs the committee or keeps its minutes does not score."))
    if Membership.objects.filter(user=user).current().with_role(Role.AUDITOR).exists():
        raise CannotAppoint(_("The comptroller reads every file by name and does not score."))


def _refuse_who_applies(call, user):
    """Nobody of an organization that applied has a place in the evaluation of that call."""
    if applicants_of(call, user).exists():
        raise CannotAppoint(
            _("This person belongs to an organization that applied to this call. Choose someone else.")
        )


def applicants_of(call, user):
    """The organizations of a person that handed in an application to the call."""
    return (
        Organization.objects.of_user(user).filter(applications__in=call.applications.handed_in()).distinct()
    )
