"""Who acts for an organization, and who can bind it."""

from accounts.models import Membership, Role, User


def represents(user, organization, *, at=None):
    """Whether a person is the legal representative of an organization. Only such a person sends."""
    held = Membership.objects.filter(user=user).in_body(organization.body_id).current(at=at)
    return held.with_role(Role.REPRESENTATIVE).exists()


def people_of(organization, *, at=None):
    """Everybody who acts for the organization today."""
    held = Membership.objects.in_body(organization.body_id).current(at=at)
    return User.objects.filter(
        is_active=True, pk__in=held.with_role(Role.REPRESENTATIVE, Role.DRAFTER).values("user")
    ).order_by("pk")
