"""Who appoints, declares, scores, rules and releases; who must not. A bar beats every role."""

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from accounts import held
from accounts.models import Role
from calls.models import Application, Barred
from calls.models.applications import DESK
from calls.rules import is_auditor, works_at_its_desk
from evaluations.models import Assignment, CommitteeMember, Ruling, Session, Vote

IN_COMMITTEE = (Role.CHAIR, Role.SECRETARY, Role.MEMBER)
# Who reads files by name, or answers for the money, never scores them
MUST_NOT_SCORE = (Role.OPERATOR, Role.HEAD, Role.VERIFIER)


class NotYours(PermissionDenied):
    """The act belongs to another role; says to whose."""


def demand(user, permission, thing, why):
    """Let ``user`` go on only with ``permission`` on ``thing``; otherwise say ``why`` not."""
    if not user.has_perm(permission, thing):
        raise NotYours(why)


def holds(user, body, *roles):
    """Whether a person holds one of ``roles`` in ``body`` now."""
    return body is not None and held.in_body(user, body.pk, *roles)


def committee_body(call):
    committee = getattr(call, "committee", None)
    return committee and committee.body


def agency_body(call):
    return call.publication.edition.program.agency.body


def powers(user, call):
    """What a person may do in a call, by permission: its roles are read once, for a page that asks much.

    A test keeps it equal to asking each permission.
    """
    now = held.by(user)
    committee, agency = committee_body(call), agency_body(call)

    def any_of(body, *roles):
        return body is not None and any((str(role), body.pk) in now for role in roles)

    desk, head = any_of(agency, *DESK), any_of(agency, Role.HEAD)
    chair, secretary = any_of(committee, Role.CHAIR), any_of(committee, Role.SECRETARY)
    return {
        "appoint_committee": desk,
        "coordinate_evaluation": desk or chair or secretary,
        "reopen_review": chair,
        "run_session": chair or secretary,
        "draft_ruling": chair or secretary,
        "issue_ruling": chair,
        "see_pending": head or any_of(committee, *IN_COMMITTEE),
        "release_results": head,
        "promote_reserve": head or chair,
    }


def is_barred(user, application):
    """Whether the application does not exist for this person."""
    return Barred.objects.filter(user=user, application=application).exists()


@rules.predicate
def works_at_the_desk(user, call):
    return holds(user, agency_body(call), *DESK)


@rules.predicate
def heads_the_agency(user, call):
    return holds(user, agency_body(call), Role.HEAD)


@rules.predicate
def chairs(user, call):
    return holds(user, committee_body(call), Role.CHAIR)


@rules.predicate
def is_secretary(user, call):
    return holds(user, committee_body(call), Role.SECRETARY)


@rules.predicate
def sits_in_committee(user, call):
    return holds(user, committee_body(call), *IN_COMMITTEE)


@rules.predicate
def is_in_the_pool(user, call):
    return holds(user, committee_body(call), Role.EVALUATOR)


@rules.predicate
def may_score_in(user, call):
    """Nobody who reads the files by name may score them: neither the desk nor the comptroller."""
    if not user.is_authenticated:
        return False
    desk = agency_body(call).pk
    return not any(
        role == Role.AUDITOR or (role in MUST_NOT_SCORE and body == desk) for role, body in held.by(user)
    )


@rules.predicate
def is_theirs_to_score(user, assignment):
    return Assignment.objects.visible_to(user).filter(pk=assignment.pk).exists()


@rules.predicate
def may_score_its_call(user, assignment):
    return may_score_in(user, assignment.application.call)


@rules.predicate
def sees_session(user, session):
    return Session.objects.visible_to(user).filter(pk=session.pk).exists()


@rules.predicate
def has_a_vote(user, session):
    seats = CommitteeMember.objects.current().voting().filter(committee=session.committee_id, user=user)
    return seats.exists()


rules.add_perm("evaluations.appoint_committee", works_at_the_desk)
rules.add_perm("evaluations.coordinate_evaluation", works_at_the_desk | chairs | is_secretary)
rules.add_perm("evaluations.declare_conflicts", is_in_the_pool | sits_in_committee | works_at_the_desk)
rules.add_perm("evaluations.assign_reviews", works_at_the_desk | chairs | is_secretary)
rules.add_perm("evaluations.tell_specialties", is_in_the_pool)
rules.add_perm("evaluations.may_score_call", may_score_in)
rules.add_perm("evaluations.view_assignment", is_theirs_to_score)
rules.add_perm("evaluations.score", is_theirs_to_score & may_score_its_call)
rules.add_perm("evaluations.reopen_review", chairs)
rules.add_perm("evaluations.run_session", chairs | is_secretary)
rules.add_perm("evaluations.view_session", sees_session)
rules.add_perm("evaluations.vote", has_a_vote)
rules.add_perm("evaluations.draft_ruling", chairs | is_secretary)
rules.add_perm("evaluations.issue_ruling", chairs)
rules.add_perm("evaluations.see_pending", sits_in_committee | heads_the_agency)
rules.add_perm("evaluations.release_results", heads_the_agency)
rules.add_perm("evaluations.work_in_pool", is_in_the_pool & may_score_in)
rules.add_perm("evaluations.see_reopenings", chairs | is_auditor)
rules.add_perm(
    "evaluations.see_panel", works_at_the_desk | chairs | is_secretary | (sits_in_committee & ~is_in_the_pool)
)
rules.add_perm("evaluations.promote_reserve", heads_the_agency | chairs)


# After the ruling


@rules.predicate
def acts_for_the_organization(user, application):
    return holds(user, application.organization.body, Role.REPRESENTATIVE, Role.DRAFTER)


@rules.predicate
def scored_it(user, application):
    return Assignment.objects.filter(evaluator=user, application=application).exists()


rules.add_perm("evaluations.ask_feedback", acts_for_the_organization)
rules.add_perm("evaluations.answer_feedback", works_at_its_desk & ~scored_it)


rules.add_perm("evaluations.see_feedback", works_at_the_desk | sits_in_committee | is_auditor)


@rules.predicate
def represents_the_organization(user, application):
    return holds(user, application.organization.body, Role.REPRESENTATIVE)


@rules.predicate
def decides_its_kind(user, request):
    """A clarification is for the desk, a reconsideration for the head of the agency."""
    roles = (Role.HEAD,) if request.is_reconsideration else DESK
    application = request.application
    return holds(user, agency_body(application.call), *roles) and not is_barred(user, application)


def decided_with(user):
    """The applications that a person scored, voted on or signed the ruling of."""
    return Application.objects.filter(
        Exists(Assignment.objects.filter(application=OuterRef("pk"), evaluator=user))
        | Exists(Vote.objects.filter(item__application=OuterRef("pk"), member__user=user))
        | Exists(Ruling.objects.filter(application=OuterRef("pk"), decided_by=user))
    )


@rules.predicate
def took_part_in_deciding(user, request):
    """Another person than those who decided it reconsiders a result."""
    return decided_with(user).filter(pk=request.application_id).exists()


@rules.predicate
def is_reconsideration(user, request):
    return request.is_reconsideration


rules.add_perm("evaluations.file_remedy", represents_the_organization)
rules.add_perm("evaluations.file_report", acts_for_the_organization)
rules.add_perm("evaluations.decide_remedy", decides_its_kind & (~is_reconsideration | ~took_part_in_deciding))
rules.add_perm("evaluations.control_reports", is_auditor)
