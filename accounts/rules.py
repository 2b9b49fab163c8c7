"""Who may manage which body. Everything comes from memberships that hold today, never from a flag."""

import rules

from accounts.models import Membership, Role
from accounts.models.bodies import ROLES_OF

# Who may give and take which roles in a body of their own. An administrator may in every body.
GRANTS = {
    Role.REPRESENTATIVE: {Role.REPRESENTATIVE, Role.DRAFTER},
    Role.HEAD: {
        Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.VERIFIER, Role.HEAD, Role.GUIDE_OWNER,
        Role.ASSESSOR, Role.BUDGET, Role.PAYER, Role.AUDITOR,
    },
}  # fmt: skip


def current(user):
    """The memberships of ``user`` that hold now."""
    if not (user.is_authenticated and user.is_active):
        return Membership.objects.none()
    return user.memberships.current()


def grantable_roles(user, body):
    """The roles that ``user`` may give and end in ``body`` today."""
    if is_administrator(user):
        return set(ROLES_OF[body.kind])
    mine = current(user).in_body(body).values_list("role", flat=True)
    return {role for held in mine for role in GRANTS.get(held, ())} & ROLES_OF[body.kind]


@rules.predicate
def is_administrator(user, thing=None):
    return current(user).with_role(Role.ADMINISTRATOR).exists()


@rules.predicate
def belongs_to(user, body):
    return body is not None and current(user).in_body(body).exists()


@rules.predicate
def manages(user, body):
    return body is not None and current(user).in_body(body).with_role(*GRANTS).exists()


rules.add_perm("jobs.view_all_jobs", is_administrator)
rules.add_perm("accounts.view_body", belongs_to | is_administrator)
rules.add_perm("accounts.manage_body", manages | is_administrator)
