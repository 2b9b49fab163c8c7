"""Conflicts of interest, declared before reading or when a file is recognised: the file is hidden at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import Membership, Role
from calls.models import Application, Barred, Organization, ReadingRight
from calls.states import CallState
from evaluations import notices
from evaluations.models import Assignment, ConflictDeclaration
from evaluations.rules import IN_COMMITTEE, committee_body, demand, holds

WITHDRAWN_BY_CONFLICT = "conflict of interest"
AFTER_RECEPTION = (CallState.SEALED, CallState.RELEASED)


class CannotDeclare(Exception):
    """Why the declaration was not taken, in words for the person who declares."""


def organizations_of(call):
    """The organizations that applied: the list shown to declare, never whose file is whose."""
    return (
        Organization.objects.filter(applications__in=call.applications.handed_in())
        .select_related("body")
        .distinct()
        .order_by("body__name_es", "pk")
    )


def detected(call, user):
    """The applicants that the portal's own data tie to a person: they belong or belonged to it."""
    held = Membership.objects.filter(user=user, role__in=(Role.REPRESENTATIVE, Role.DRAFTER))
    return organizations_of(call).filter(body__in=held.values("body"))


def has_declared(call, user):
    """Whether a person said that there is no other conflict than those declared."""
    return ConflictDeclaration.objects.filter(call=call, user=user, organization=None).exists()


@transaction.atomic
def declare(call, *, by, conflicts=(), at=None):
    """Declare each conflict and that there is none with any other organization.

    ``conflicts`` holds triples of organization, kind and detail. What the portal detects is added. The
    applications of those organizations stop existing for the person.
    """
    demand(
        by, "evaluations.declare_conflicts", call,
        _("Conflicts are declared by evaluators, members of the committee and the agency's desk."),
    )  # fmt: skip
    if call.state not in AFTER_RECEPTION:
        raise CannotDeclare(_("The declaration opens when reception closes: only then is the list complete."))
    at = acts.moment(at)
    known = {organization.pk for organization in organizations_of(call)}
    for organization, kind, detail in conflicts:
        if organization.pk not in known:
            raise CannotDeclare(_("That organization did not apply to this call."))
        _declare_one(call, organization, kind, detail, by, at)
    for organization in detected(call, by):
        _declare_one(call, organization, ConflictDeclaration.Kind.LABOUR, "", by, at)
    if not has_declared(call, by):
        _write(call, None, ConflictDeclaration.Kind.NONE, "", by, at)


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
    """From now on the applications of the organization to this call do not exist for the person."""
    applications = Application.objects.filter(call=call, organization=organization)
    for application in applications:
        Barred.objects.get_or_create(user=user, application=application, defaults={"since": at})
    rights = ReadingRight.objects.filter(user=user, application__in=applications, until=None)
    rights.update(until=at)
    held = Assignment.objects.active().filter(evaluator=user, application__in=applications)
    held.update(withdrawn_at=at, withdrawn_reason=WITHDRAWN_BY_CONFLICT)
