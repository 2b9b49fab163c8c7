"""Who opens, publishes and reads calls; who must not. Applications have their own section below."""

import rules

from accounts.models import Membership, Role
from calls.models.calls import COCKPIT, PUBLIC_STATES


def _holds(user, agency, *roles):
    if not user.is_authenticated:
        return False
    return Membership.objects.filter(user=user).current().in_body(agency.body_id).with_role(*roles).exists()


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
def is_public(user, call):
    return call.state in PUBLIC_STATES


rules.add_perm("calls.open_call", operates_the_program)
rules.add_perm("calls.view_call", is_public | operates_or_heads)
rules.add_perm("calls.view_cockpit", operates_or_heads)
rules.add_perm("calls.manage_call", operates)
