"""The route of a draft to its approval: its steps in order, and who may sign each."""

from accounts.models import Membership, Role
from programs.models import AgencyDuty, SignOff
from programs.states import EditionState

ROUTE = list(SignOff.Step)
SIGNERS = {
    SignOff.Step.LEGAL: (Role.LEGAL, None),
    SignOff.Step.BUDGET: (Role.BUDGET, AgencyDuty.Kind.BUDGETS),
    SignOff.Step.COMPTROLLER: (Role.AUDITOR, AgencyDuty.Kind.CONTROLS),
    SignOff.Step.PLANNING: (Role.ASSESSOR, AgencyDuty.Kind.GUIDES),
}


def next_step(edition):
    """Whose signature the edition waits for; None when it waits for none."""
    if edition.state != EditionState.SIGNOFF:
        return None
    signed = set(edition.signoffs.filter(round=edition.round, accepted=True).values_list("step", flat=True))
    return next((step for step in ROUTE if step not in signed), None)


def signers(edition, step):
    """Who holds the role that signs a step: legal in the program's agency, the others where the duty lies."""
    role, duty = SIGNERS[step]
    held = Membership.objects.current().with_role(role)
    if duty is None:
        return held.in_body(edition.program.agency.body)
    return held.filter(body__agency__in=AgencyDuty.objects.current().of_kind(duty).values("agency"))
