"""Conflicts of interest, declared before reading or when a file is recognised: the file is hidden at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import Role, User
from calls.models import Application, Barred, ReadingRight
from calls.states import CallState
from evaluations import notices, ties
from evaluations.actions import detected, substitutes
from evaluations.models import Assignment, ConflictDeclaration, Ruling
from evaluations.rules import IN_COMMITTEE, committee_body, demand, holds
from jobs import locks

WITHDRAWN_BY_CONFLICT = "conflict of interest"
AFTER_RECEPTION = (CallState.SEALED, CallState.RELEASED)
# As what a tie is declared that bars by itself, where the person says nothing
KINDS = {"membership": ConflictDeclaration.Kind.LABOUR, "email": ConflictDeclaration.Kind.OTHER}


class CannotDeclare(Exception):
    """Why the declaration was not taken, in words for the person who declares.

    ``unanswered`` holds the organizations whose hints were neither confirmed nor denied.
    """

    def __init__(self, message, unanswered=()):
        super().__init__(message)
        self.unanswered = list(unanswered)


def has_declared(call, user):
    """Whether a person said that there is no other conflict than those declared."""
    return ConflictDeclaration.objects.filter(call=call, user=user, organization=None).exists()


@transaction.atomic
def declare(call, *, by, conflicts=(), denials=None, at=None):
    """Declare each conflict and that there is none with any other organization.

    ``conflicts`` holds triples of organization, kind and detail; ``denials`` says, by organization (its
    row), why what the portal found is no tie. What bars by itself is added, and every hint is owed an
    answer. The applications of the organizations declared stop existing for the person.
    """
    demand(
        by, "evaluations.declare_conflicts", call,
        _("Conflicts are declared by evaluators, members of the committee and the agency's desk."),
    )  # fmt: skip
    if call.state not in AFTER_RECEPTION:
        raise CannotDeclare(_("The declaration opens when reception closes: only then is the list complete."))
    at = acts.moment(at)
    locks.exclusive(User.objects.filter(pk=by.pk))  # a second click finds everything answered
    organizations = {one.pk: one for one in ties.organizations_of(call)}
    if any(organization.pk not in organizations for organization, _kind, _detail in conflicts):
        raise CannotDeclare(_("That organization did not apply to this call."))
    before = ties.declared(call, [by])
    _answer_hints(call, organizations, {one.pk for one, _kind, _detail in conflicts}, denials or {}, by, at)
    for organization, kind, detail in conflicts:
        _declare_one(call, organization, kind, detail, by, at)
    if not has_declared(call, by):
        _write(call, None, ConflictDeclaration.Kind.NONE, "", by, at)
    if new := ties.declared(call, [by]) - before:
        substitutes.call_in_place_of(by, call, [organization for _user, organization in new], at=at)


def _answer_hints(call, organizations, confirmed, denials, by, at):
    """Bar by what is strong; keep what was answered to each hint. Raises CannotDeclare for what was not."""
    found = ties.unsettled(call, [by])[by.pk]
    strong = {key for key, each in found.items() if each[0].is_strong}
    silent = [
        organizations[key]
        for key in found
        if key not in strong | confirmed and not denials.get(key, "").strip()
    ]
    if silent:
        raise CannotDeclare(_("Answer what the portal found, for every organization listed."), silent)
    for key, each in found.items():
        for tie in each:
            reason = "" if key in strong | confirmed else denials[key].strip()
            detected.keep(call, organizations[key], tie, reason, by=by, at=at)
            if tie.is_strong and key not in confirmed:
                _declare_one(call, organizations[key], KINDS[tie.kind], "", by, at)


@transaction.atomic
def recuse(assignment, *, by, kind, detail="", at=None):
    """“I recognise this organization”: the evaluator leaves the file, which stops existing for them."""
    demand(by, "evaluations.view_assignment", assignment, _("This file is not in your queue."))
    at, application = acts.moment(at), assignment.application
    if kind == ConflictDeclaration.Kind.NONE or kind not in ConflictDeclaration.Kind.values:
        raise CannotDeclare(_("Choose the kind of tie."))
    _declare_one(application.call, application.organization, kind, detail, by, at, during_review=True)
    notices.evaluator_missing(application.call, at)


def _declare_one(call, organization, kind, detail, by, at, *, during_review=False):
    if ConflictDeclaration.objects.filter(call=call, user=by, organization=organization).exists():
        return
    if kind == ConflictDeclaration.Kind.NONE or kind not in ConflictDeclaration.Kind.values:
        raise CannotDeclare(_("Choose the kind of tie."))
    _write(call, organization, kind, detail, by, at, during_review=during_review)
    bar(call, organization, by, at)


def _write(call, organization, kind, detail, by, at, *, during_review=False):
    declaration = ConflictDeclaration.objects.create(
        call=call,
        user=by,
        capacity=_capacity(call, by),
        organization=organization,
        kind=kind,
        detail=detail.strip(),
        during_review=during_review,
        at=at,
    )
    acts.record(
        "conflict.declare", declaration, by=by, at=at, seals=("organization_id", "kind", "detail", "at")
    )


def _capacity(call, user):
    body = committee_body(call)
    if holds(user, body, Role.EVALUATOR):
        return ConflictDeclaration.Capacity.EVALUATOR
    if holds(user, body, *IN_COMMITTEE):
        return ConflictDeclaration.Capacity.COMMITTEE
    return ConflictDeclaration.Capacity.AGENCY


def bar(call, organization, user, at):
    """From now on the applications of the organization to this call do not exist for the person.

    What was ruled on already keeps the scores it was ruled by.
    """
    applications = Application.objects.filter(call=call, organization=organization)
    for application in applications:
        Barred.objects.get_or_create(user=user, application=application, defaults={"since": at})
    rights = ReadingRight.objects.filter(user=user, application__in=applications, until=None)
    rights.update(until=at)
    ruled = Ruling.objects.settled().filter(application__in=applications)
    held = Assignment.objects.active().filter(evaluator=user, application__in=applications)
    held.exclude(application__in=ruled.values("application")).update(
        withdrawn_at=at, withdrawn_reason=WITHDRAWN_BY_CONFLICT
    )
