"""What must hold of people, the bodies they act for and the roles they hold there."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from accounts.models import Invitation, Membership, User
from accounts.models.bodies import ROLES_OF
from accounts.models.invitations import VALID
from jobs.soundness import former, invariant

SEAT, IN_TIME = ("user", "body", "role"), ("since", "pk")


@invariant
def roles_fit_their_bodies():
    """A role is held in a body of a kind that has such a role."""
    fits = Q()
    for kind, roles in ROLES_OF.items():
        fits |= Q(body__kind=kind, role__in=roles)
    return Membership.objects.exclude(fits)


@invariant
def roles_are_held_once_at_a_time():
    """Nobody holds the same role in the same body twice at the same time."""
    with_former = Membership.objects.order_by().annotate(
        former=former("pk", *SEAT, by=IN_TIME), former_until=former("until", *SEAT, by=IN_TIME)
    )
    again = with_former.filter(former__isnull=False)
    return again.filter(~Q(former_until__lte=F("since")) | Q(former_until=None))


@invariant
def addresses_are_in_lower_case():
    """A person's address is kept in lower case, so that nobody has two accounts."""
    return User.objects.exclude(email=Lower("email"))


@invariant
def invitations_are_taken_while_they_last():
    """An invitation is accepted after it was sent and while it is valid."""
    too_late = Q(accepted_at__gte=F("sent_at") + VALID)
    return Invitation.objects.filter(Q(accepted_at__lt=F("sent_at")) | too_late)


@invariant
def invitations_that_were_taken_gave_their_role():
    """Whoever accepted an invitation got the role in that body."""
    given = Membership.objects.filter(
        user=OuterRef("accepted_by"), body=OuterRef("body"), role=OuterRef("role"),
        since__lte=OuterRef("accepted_at"),
    )  # fmt: skip
    return Invitation.objects.filter(~Exists(given), accepted_at__isnull=False)
