"""Who opens and publishes calls, who sees and decides what of applications; who must not."""

import rules
from django.db.models import Exists

from accounts import held
from accounts.models import Membership, Role
from calls.models import Application, Assistance, Barred, Call, ReadingRight
from calls.models.applications import DESK
from calls.models.calls import COCKPIT, PUBLIC_STATES
from calls.models.questions import answered_by
from calls.people import help_of, scores_in
from calls.states import ApplicationState

SENT_NEVER = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


def _holds(user, agency, *roles):
    return agency is not None and held.in_body(user, agency.body_id, *roles)


# Calls


@rules.predicate
def operates_the_program(user, publication):
    """An operator of the agency whose Rules these are."""
    return _holds(user, publication.edition.program.agency, Role.OPERATOR)


@rules.predicate
def operates(user, call):
    return _holds(user, call.agency, Role.OPERATOR)


@rules.predicate
def operates_or_heads(user, call):
    return _holds(user, call.agency, *COCKPIT)


@rules.predicate
def heads(user, call):
    return _holds(user, call.agency, Role.HEAD)


@rules.predicate
def is_public(user, call):
    return call.state in PUBLIC_STATES


rules.add_perm("calls.open_call", operates_the_program)
rules.add_perm("calls.view_call", is_public | operates_or_heads)
rules.add_perm("calls.view_cockpit", operates_or_heads)
rules.add_perm("calls.manage_call", operates)
rules.add_perm("calls.end_call", heads)
rules.add_perm("calls.record_evidence", operates_or_heads)


# Public questions


@rules.predicate
def answers_its_questions(user, call):
    """The agency's own, with the name of who asks; never whoever scores the call or applies to it."""
    return operates_or_heads(user, call) and answered_by(user).filter(pk=call.pk).exists()


rules.add_perm("calls.answer_questions", answers_its_questions)


def held_in(user, body_id, *roles, not_barred_from=None):
    """Whether a person holds one of the roles in a body today, and no conflict bars them: one question."""
    if not_barred_from is None:
        return held.in_body(user, body_id, *roles)
    if not user.is_authenticated:
        return False
    seats = Membership.objects.filter(user=user, body=body_id).current().with_role(*roles)
    return seats.exclude(Exists(Barred.objects.filter(user=user, application=not_barred_from))).exists()


# Organizations


@rules.predicate
def acts_for_organization(user, organization):
    return organization is not None and held_in(user, organization.body_id, Role.REPRESENTATIVE, Role.DRAFTER)


@rules.predicate
def represents_organization(user, organization):
    return organization is not None and held_in(user, organization.body_id, Role.REPRESENTATIVE)


@rules.predicate
def received_from_organization(user, organization):
    """The desk of an agency knows an organization by the applications it received from it."""
    return organization is not None and (
        Application.objects.visible_to(user)
        .filter(organization=organization)
        .exclude(state__in=SENT_NEVER)
        .exists()
    )


@rules.predicate
def received_it_at_a_desk(user, organization):
    """The desk, which looks for what is paid twice, and the comptroller; a committee decides without it."""
    received = Application.objects.visible_to(user).filter(organization=organization, call__in=desks_of(user))
    return received.exclude(state__in=SENT_NEVER).exists()


rules.add_perm("calls.view_organization", acts_for_organization | received_from_organization)
rules.add_perm("calls.view_end_of_account", acts_for_organization | received_it_at_a_desk)
rules.add_perm("calls.change_organization", represents_organization)
rules.add_perm("calls.reveal_account", represents_organization)
rules.add_perm("calls.keep_vault", acts_for_organization)


# Applications


@rules.predicate
def is_barred(user, application):
    return user.is_authenticated and Barred.objects.filter(user=user, application=application).exists()


@rules.predicate
def acts_for_applicant(user, application):
    """Nothing is asked where the application was found as one that this person writes."""
    if user.is_authenticated and getattr(application, "writer", None) == user.pk:
        return True
    body = application.organization.body_id
    return held_in(user, body, Role.REPRESENTATIVE, Role.DRAFTER, not_barred_from=application)


@rules.predicate
def represents_applicant(user, application):
    return held_in(user, application.organization.body_id, Role.REPRESENTATIVE, not_barred_from=application)


@rules.predicate
def helps_applicant(user, application):
    """Staff of the call's agency whom the organization asked to enter this application for it."""
    return user.is_authenticated and help_of(user, application=application).exists()


@rules.predicate
def has_left_the_drawer(user, application):
    return application.state not in SENT_NEVER


@rules.predicate
def is_draft(user, application):
    return application.state == ApplicationState.DRAFT


@rules.predicate
def is_prevented(user, application):
    return application.state == ApplicationState.PREVENTED


@rules.predicate
def is_of_an_ended_call(user, application):
    return application.call.is_ended


@rules.predicate
def works_at_its_desk(user, application):
    agency = application.call.publication.edition.program.agency
    return agency is not None and held_in(user, agency.body_id, *DESK, not_barred_from=application)


@rules.predicate
def is_auditor(user, application):
    return held.anywhere(user, Role.AUDITOR)


@rules.predicate
def sits_in_its_committee(user, application):
    return (
        user.is_authenticated
        and ReadingRight.objects.filter(
            user=user, application=application, until=None, kind=ReadingRight.Kind.COMMITTEE
        ).exists()
    )


@rules.predicate
def decides_at_its_desk(user, application):
    """The desk of the agency, but nobody who scores the call, applied to it, entered it or is barred.

    One question to the database. Who entered an application for its organization does not check it.
    """
    agency = application.call.publication.edition.program.agency
    if agency is None or not user.is_authenticated:
        return False
    seats = Membership.objects.filter(user=user).current()
    scoring = ReadingRight.objects.filter(
        user=user, application__call=application.call_id, kind=ReadingRight.Kind.EVALUATOR
    )
    own = seats.filter(body=application.organization.body_id)
    barred = Barred.objects.filter(user=user, application=application)
    at_desk = seats.filter(body=agency.body_id).with_role(*DESK)
    entered = Assistance.objects.filter(helper=user, application=application)
    return at_desk.exclude(Exists(scoring) | Exists(own) | Exists(barred) | Exists(entered)).exists()


reads_application = (
    acts_for_applicant
    | helps_applicant
    | (has_left_the_drawer & works_at_its_desk)
    | sits_in_its_committee
    | (has_left_the_drawer & is_auditor)
)
rules.add_perm("calls.view_application", ~is_barred & reads_application)
writes_for_applicant = acts_for_applicant | helps_applicant
rules.add_perm("calls.write_for_applicant", writes_for_applicant)
rules.add_perm("calls.change_application", is_draft & writes_for_applicant)
rules.add_perm("calls.submit_application", represents_applicant | helps_applicant)
rules.add_perm("calls.withdraw_application", represents_applicant)
rules.add_perm("calls.renounce_application", represents_applicant)
rules.add_perm("calls.end_assistance", represents_applicant)
rules.add_perm("calls.correct_application", is_prevented & ~is_of_an_ended_call & writes_for_applicant)
rules.add_perm("calls.check_application", has_left_the_drawer & decides_at_its_desk)


# The desk of a call


def desks_of(user):
    """The published calls at whose desk a person works, and all of them for the comptroller."""
    if held.anywhere(user, Role.AUDITOR):
        return Call.objects.public()
    bodies = held.bodies(user, *DESK)
    return Call.objects.public().filter(publication__edition__program__agency__body__in=bodies)


@rules.predicate
def works_at_the_desk_of(user, call):
    """One question to the database for both ways of reading a desk."""
    return user.is_authenticated and desks_of(user).filter(pk=call.pk).exists()


@rules.predicate
def decides_at_the_desk_of(user, call):
    """The agency's own desk; the comptroller only reads it."""
    return _holds(user, call.agency, *DESK)


@rules.predicate
def scores_in_call(user, call):
    """Whoever scores the call enters nothing in it."""
    return scores_in(user, call)


rules.add_perm("calls.view_desk", works_at_the_desk_of)
rules.add_perm("calls.decide_at_desk", decides_at_the_desk_of)
rules.add_perm("calls.assist_in_call", decides_at_the_desk_of & ~scores_in_call & is_public)
