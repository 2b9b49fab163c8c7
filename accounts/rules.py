"""Who may manage which body. Everything comes from memberships that hold today, never from a flag."""

import rules

from accounts import held
from accounts.models import Role
from accounts.models.bodies import ROLES_OF

# Who may give and take which roles in a body of their own. An administrator may in every body.
GRANTS = {
    Role.REPRESENTATIVE: {Role.REPRESENTATIVE, Role.DRAFTER},
    Role.HEAD: {
        Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.VERIFIER, Role.HEAD, Role.GUIDE_OWNER,
        Role.ASSESSOR, Role.BUDGET, Role.PAYER, Role.AUDITOR,
    },
}  # fmt: skip


def grantable_roles(user, body):
    """The roles that ``user`` may give and end in ``body`` today."""
    if is_administrator(user):
        return set(ROLES_OF[body.kind])
    mine = {role for role, where in held.by(user) if where == body.pk}
    return {role for one in mine for role in GRANTS.get(one, ())} & ROLES_OF[body.kind]


@rules.predicate
def is_administrator(user, thing=None):
    return held.anywhere(user, Role.ADMINISTRATOR)


@rules.predicate
def belongs_to(user, body):
    return body is not None and held.in_body(user, body.pk, *Role)


@rules.predicate
def manages(user, body):
    return body is not None and held.in_body(user, body.pk, *GRANTS)


rules.add_perm("jobs.view_all_jobs", is_administrator)
rules.add_perm("accounts.view_body", belongs_to | is_administrator)
rules.add_perm("accounts.manage_body", manages | is_administrator)
