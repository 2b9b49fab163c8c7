"""Who drafts, signs, publishes and assesses the Rules of Operation; who must not."""

from accounts.models import Membership, Role
from programs.models import Edition
from programs.states import EditionState

DRAFTING = (Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.HEAD)
OVERSEEING = (Role.GUIDE_OWNER, Role.ASSESSOR, Role.BUDGET, Role.AUDITOR)


def drafts_visible_to(user):
    """Drafts that a person may read: their own agency's, and, once sent, those they review."""
    if not user.is_authenticated:
        return Edition.objects.none()
    held = Membership.objects.filter(user=user).current()
    own = held.with_role(*DRAFTING).values("body")
    mine = Edition.objects.filter(program__agency__body__in=own)
    if held.with_role(*OVERSEEING).exists():
        return mine | Edition.objects.filter(state__in=[EditionState.SIGNOFF, EditionState.APPROVED])
    return mine
