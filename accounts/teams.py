"""Who acts for a body: roles are offered by invitation, accepted by the person, and ended with a date."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notices
from accounts.acts import moment, record
from accounts.models import BodyKind, Invitation, Membership, Role, User
from accounts.rules import grantable_roles, is_administrator
from jobs import queue

SEALED = ("user_id", "body_id", "role", "since", "until")
KEEPERS = {
    BodyKind.AGENCY: Role.HEAD,
    BodyKind.ORGANIZATION: Role.REPRESENTATIVE,
    BodyKind.PLATFORM: Role.ADMINISTRATOR,
}


class CannotInvite(Exception):
    """A reason, in words that the person who invites can read."""


class CannotAccept(Exception):
    """A reason, in words that the person invited can read."""


class CannotEnd(Exception):
    """A reason, in words that the person who wanted to end a role can read."""


@transaction.atomic
def invite(body, email, role, *, by, at=None, language="es-mx"):
    """Offer ``role`` in ``body`` to whoever reads ``email``. An older open offer of it is replaced."""
    if role not in grantable_roles(by, body):
        raise CannotInvite(_("You may not give that role in this body."))
    return _offer(body, email, role, by=by, at=moment(at), language=language)


@transaction.atomic
def offer_first(body, email, role, *, by, at=None, language="es-mx"):
    """Offer ``role`` in a body for which nobody acts yet; who has people of its own invites for itself."""
    at = moment(at)
    if Membership.objects.current(at=at).in_body(body).exists():
        raise CannotInvite(_("There are people who act for it already: they invite others."))
    return _offer(body, email, role, by=by, at=at, language=language)


def _offer(body, email, role, *, by, at, language):
    email = email.strip().lower()
    if Membership.objects.current(at=at).in_body(body).with_role(role).filter(user__email=email).exists():
        raise CannotInvite(_("That person holds this role in this body already."))
    older = Invitation.objects.filter(body=body, role=role, email=email, accepted_at=None, withdrawn_at=None)
    older.update(withdrawn_at=at)
    invitation = Invitation.objects.create(
        body=body, role=role, email=email, sent_by=by, sent_at=at, language=language
    )
    record("invitation.send", invitation, by=by, at=at, note=str(role))
    queue.enqueue(
        "accounts.mail_invitation",
        subject=invitation.public_id,
        label=_("Invitation by e-mail"),
        by=by,
        invitation=invitation.public_id,
    )
    return invitation


@transaction.atomic
def accept(invitation, *, by, at=None):
    """Take the role offered. Only the person with that address can, and only once."""
    at = moment(at)
    if by.email != invitation.email:
        raise CannotAccept(
            _("This invitation was sent to another address. Sign out, and in again with the right account.")
        )
    _take(invitation, by, at)
    return grant(by, invitation.body, invitation.role, by=by, at=at)


@transaction.atomic
def accept_as_new_person(invitation, *, name, password, language="", at=None):
    """Open an account for the address invited and take the role. The link proves the mailbox."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 -- leaf

    if User.objects.filter(email=invitation.email).exists():
        raise CannotAccept(_("There is an account with that address. Sign in to accept the invitation."))
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept(invitation, by=user, at=at)
    return user


def _take(invitation, user, at):
    """Mark it accepted, unless it is no longer open: withdrawn, expired, or taken in another window."""
    still = Invitation.objects.pending(at=at).filter(pk=invitation.pk)
    if not still.update(accepted_by=user, accepted_at=at):
        raise CannotAccept(
            _("This invitation is no longer valid: it was used, withdrawn or expired. Ask for another.")
        )


@transaction.atomic
def grant(user, body, role, *, by, at=None):
    """``user`` holds ``role`` in ``body`` from now on. Held already, nothing changes."""
    at = moment(at)
    held = Membership.objects.filter(user=user, body=body, role=role, until=None).first()
    if held:
        return held
    membership = Membership.objects.create(user=user, body=body, role=role, since=at)
    record("membership.grant", membership, by=by, at=at, note=str(role), seals=SEALED)
    return membership


@transaction.atomic
def end(membership, *, by, at=None):
    """The role ends now. The last person who keeps a body stays, unless an administrator says otherwise."""
    at = moment(at)
    if membership.role not in grantable_roles(by, membership.body):
        raise CannotEnd(_("You may not end that role in this body."))
    if _is_last_keeper(membership, at) and not _may_leave_it_alone(membership, by):
        raise CannotEnd(_("This is the last person who can invite others here. Invite another one first."))
    if not Membership.objects.filter(pk=membership.pk, until=None).update(until=at):
        raise CannotEnd(_("That role had ended already."))
    membership.refresh_from_db(fields=["until"])
    record("membership.end", membership, by=by, at=at, note=str(membership.role), seals=SEALED)
    _tell(membership, at)
    return membership


@transaction.atomic
def withdraw(invitation, *, by, at=None):
    """The offer stands no longer."""
    at = moment(at)
    if invitation.role not in grantable_roles(by, invitation.body):
        raise CannotInvite(_("You may not give that role in this body."))
    still = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if still.update(withdrawn_at=at):
        record("invitation.withdraw", invitation, by=by, at=at, note=str(invitation.role))


def _is_last_keeper(membership, at):
    keeper = KEEPERS.get(membership.body.kind)
    if membership.role != keeper:
        return False
    others = Membership.objects.current(at=at).in_body(membership.body).with_role(keeper)
    return not others.exclude(pk=membership.pk).exists()


def _may_leave_it_alone(membership, by):
    return membership.role != Role.ADMINISTRATOR and is_administrator(by)


def _tell(membership, at):
    words = {"role": membership.get_role_display(), "body": str(membership.body)}
    notices.notify(
        membership.user,
        kind="membership.end",
        subject=lambda: _("Your role in %(body)s ended") % words,
        body=lambda: _("From now on you no longer act in %(body)s as %(role)s.") % words,
        link="/mi/perfil/",
        at=at,
    )


def open_invitation(token):
    """The invitation of that link while it can be accepted, or None."""
    return Invitation.objects.pending(at=timezone.now()).select_related("body").filter(token=token).first()
