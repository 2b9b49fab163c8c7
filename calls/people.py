"""Who acts for an organization, who can bind it, whom it asked for help; and who scores a call."""

from accounts.models import Membership, Role, User
from calls.models import Assistance, ReadingRight
from calls.models.applications import DESK


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


def staff_of(call, *roles):
    """Who works today for the agency of the call in one of those roles: at its desk, where none is named."""
    seats = Membership.objects.in_body(call.agency.body_id).current().with_role(*(roles or DESK))
    return User.objects.filter(is_active=True, pk__in=seats.values("user")).order_by("pk")


def help_of(user, *, application):
    """The help that a person gives with an application now: asked for, not ended, and still of its agency."""
    seats = Membership.objects.filter(user=user).current().with_role(*DESK)
    given = Assistance.objects.going_on().filter(application=application, helper=user)
    return given.filter(
        application__call__publication__edition__program__agency__body__in=seats.values("body")
    )


def scores_in(user, call):
    """Whether a person reads applications of a call in order to score them, or did."""
    scoring = ReadingRight.objects.filter(user=user, kind=ReadingRight.Kind.EVALUATOR)
    return scoring.filter(application__call=call).exists()
