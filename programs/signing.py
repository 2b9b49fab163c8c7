"""The route of a draft to its approval: its steps in order, and who may sign each."""

from accounts.models import Membership, Role
from programs.models import AgencyDuty, Program, SignOff
from programs.states import EditionState

ROUTE = list(SignOff.Step)
SIGNERS = {
    SignOff.Step.LEGAL: (Role.LEGAL, None),
    SignOff.Step.BUDGET: (Role.BUDGET, AgencyDuty.Kind.BUDGETS),
    SignOff.Step.COMPTROLLER: (Role.AUDITOR, AgencyDuty.Kind.CONTROLS),
    SignOff.Step.PLANNING: (Role.ASSESSOR, AgencyDuty.Kind.GUIDES),
}


def next_step(edition, signoffs=None):
    """Whose signature the edition waits for; None when it waits for none.

    ``signoffs`` are those of the edition where a list has read them already.
    """
    if edition.stage() != EditionState.SIGNOFF:
        return None
    if signoffs is None:
        signoffs = SignOff.objects.filter(edition=edition)
    signed = {one.step for one in signoffs if one.round == edition.round and one.accepted}
    return next((step for step in ROUTE if step not in signed), None)


def waits_since(edition, signoffs):
    """Since when the edition waits for the next signature: the last one of this round, or its sending."""
    signed = [one.at for one in signoffs if one.round == edition.round and one.accepted]
    return max([*signed, edition.sent_at]) if edition.stage() == EditionState.SIGNOFF else None


def signers(edition, step):
    """Who holds the role that signs a step: legal in the program's agency, the others where the duty lies."""
    role, duty = SIGNERS[step]
    held = Membership.objects.current().with_role(role)
    if duty is None:
        return held.in_body(edition.program.agency.body)
    return held.filter(body__agency__in=AgencyDuty.objects.current().of_kind(duty).values("agency"))


def planning():
    """The people of planning who own the Guide or assess drafts."""
    bodies = AgencyDuty.objects.bodies_of(AgencyDuty.Kind.GUIDES)
    return Membership.objects.current().with_role(Role.GUIDE_OWNER, Role.ASSESSOR).filter(body__in=bodies)


def answering(edition):
    """The people of the agency who answer for its Rules: the editors and the head, each once, by name."""
    held = Membership.objects.current().with_role(Role.EDITOR, Role.HEAD)
    seats = held.in_body(edition.program.agency.body).select_related("user").order_by("user__name")
    return list(dict.fromkeys(one.user for one in seats))


def heads(edition):
    """Who may publish it."""
    return Membership.objects.current().with_role(Role.HEAD).in_body(edition.program.agency.body)


def operators(edition):
    """Who may open a call from it."""
    return Membership.objects.current().with_role(Role.OPERATOR).in_body(edition.program.agency.body)


def steps_of(user):
    """The steps that a person may sign, each with the agencies for which they sign it (None: every one)."""
    held = (
        Membership.objects.filter(user=user).current().with_role(*(role for role, _duty in SIGNERS.values()))
    )
    found = {}
    for role, agency, duty in held.values_list("role", "body__agency", "body__agency__duties__kind"):
        for step, (needed, where) in SIGNERS.items():
            if role == needed and where in (None, duty):
                found.setdefault(step, set()).add(agency if where is None else None)
    return found


def is_among(edition, step, steps):
    """The step of this edition is one of those of ``steps_of``."""
    return bool(steps.get(step, set()) & {None, edition.program.agency_id})


def programs_drafted_by(user):
    """The programs whose Rules a person edits, by id."""
    bodies = Membership.objects.filter(user=user).current().with_role(Role.EDITOR).values("body")
    return Program.objects.filter(agency__body__in=bodies).values_list("pk", flat=True)
