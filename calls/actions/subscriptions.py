"""Asking to be told of calls, confirming it, changing it, ending it.

Somebody who is not signed in is asked, at the address given, to confirm (double opt-in); nobody learns from
what is answered whether an address was subscribed. Who is signed in, or holds the token of a subscription,
has shown that the address is theirs.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import acts, emails, notices
from calls import interests, states
from calls.interests import Wanted
from calls.models import Interest, Subscription
from calls.states import SubscriptionState
from jobs import locks, queue

SALT = "calls.subscription"
VALID = timedelta(days=3)  # for how long an address may be confirmed
MOST_AN_HOUR = 3  # requests to confirm sent to one address
HOUR, TWICE = timedelta(hours=1), timedelta(minutes=5)


class CannotConfirm(Exception):
    """Why the link does not confirm anything, in words."""


class SubscriptionOver(Exception):
    """The subscription ended: nothing of it is changed."""


@transaction.atomic
def ask(address, wanted, *, at=None):
    """Ask the owner of an address whether to tell them of calls. Gives nothing back, whatever was known.

    At most so many times an hour; the same thing asked again at once (a double click) is asked once.
    """
    at = acts.moment(at)
    held = _hold(address.strip().lower(), translation.get_language() or settings.LANGUAGE_CODE, at)
    recent = held.interests.filter(requested_at__gt=at - HOUR)
    again = recent.filter(requested_at__gt=at - TWICE, confirmed_at=None, **wanted.same())
    if recent.count() >= MOST_AN_HOUR or again.exists():
        return
    interest = _new(held, wanted, at)
    interest.save()
    queue.enqueue(
        "calls.mail_confirmation",
        subject=held.public_id,
        label=_("E-mail to confirm a subscription"),
        interest=interest.public_id,
    )


def send_confirmation(interest):
    """Send the link that confirms, unless it was confirmed meanwhile."""
    if interest.confirmed_at:
        return
    subscription = interest.subscription
    path = reverse("calls:subscription_confirm", args=[signing.dumps(interest.public_id, salt=SALT)])
    with translation.override(subscription.language):
        subject = _("Confirm that you want to be told of calls")
        wanted = interests.all_in_words([interest])[interest.pk]
    emails.send(
        "subscription",
        to=subscription.address,
        subject=subject,
        context={"wanted": wanted, "link": settings.SITE_URL + path, "days": VALID.days},
        language=subscription.language,
        identifier=interest.public_id,
    )


def to_confirm(signed):
    """The interest that a link confirms. Raises CannotConfirm when it expired, was altered or is gone."""
    try:
        public_id = signing.loads(signed, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        public_id = ""
    found = Interest.objects.select_related("subscription", "agency").filter(public_id=public_id).first()
    if found is None:
        raise CannotConfirm(
            _("The link is incomplete, was used already or has expired. Ask again: it takes a minute.")
        )
    return found


@transaction.atomic
def confirm(signed, *, at=None):
    """The owner of the address opened the link: from now on they are told. Raises CannotConfirm."""
    at, interest = acts.moment(at), to_confirm(signed)
    (held,) = locks.exclusive(Subscription.objects.filter(pk=interest.subscription_id))
    interest = to_confirm(signed)  # as it is now that it is held
    if interest.confirmed_at is None:
        _want(held, interest, by=None, at=at)
    return held


@transaction.atomic
def subscribe(user, wanted, *, at=None):
    """A signed-in person is told at their own address, which they confirmed when they registered."""
    at = acts.moment(at)
    held = _hold(user.email.lower(), notices.language_of(user), at)
    return _want(held, _new(held, wanted, at), by=user, at=at)


@transaction.atomic
def add(subscription, wanted, *, at=None):
    """Whoever holds the token asks to be told of more calls. Raises SubscriptionOver."""
    at, held = acts.moment(at), _held(subscription)
    return _want(held, _new(held, wanted, at), by=None, at=at)


@transaction.atomic
def drop(subscription, public_id, *, at=None):
    """Be told of fewer calls; without any left, the subscription ends. Raises SubscriptionOver."""
    held = _held(subscription)
    gone, _by_model = held.interests.filter(public_id=public_id).delete()
    if gone and not held.interests.confirmed().exists():
        return end(held, at=at)
    if gone:
        acts.record("subscription.drop", held, by=None, at=at)
    return held


@transaction.atomic
def end(subscription, *, at=None):
    """Unsubscribe: the address and what was asked for are removed. Twice, it is done once."""
    (held,) = locks.exclusive(Subscription.objects.filter(pk=subscription.pk))
    if held.is_ended:
        return held
    at = acts.moment(at)
    held.interests.all().delete()
    return acts.perform(states.END_SUBSCRIPTION, held, by=None, at=at, ended_at=at, address=None)


@transaction.atomic
def forget_unconfirmed(*, at=None):
    """What nobody confirmed in its days is removed, and with it the addresses that asked for nothing else."""
    late = acts.moment(at) - VALID
    Interest.objects.filter(confirmed_at=None, requested_at__lte=late).delete()
    wish = Interest.objects.filter(subscription=OuterRef("pk"))
    pending = Subscription.objects.filter(state=SubscriptionState.PENDING, requested_at__lte=late)
    return pending.exclude(Exists(wish)).delete()[0]


def _hold(address, language, at):
    """The subscription of an address, held alone; a new one when it has none."""
    start = {"language": language, "requested_at": at}
    found, _new = Subscription.objects.get_or_create(address=address, defaults=start)
    (held,) = locks.exclusive(Subscription.objects.filter(pk=found.pk))
    return _hold(address, language, at) if held.is_ended else held


def _held(subscription):
    (held,) = locks.exclusive(Subscription.objects.filter(pk=subscription.pk))
    if held.is_ended:
        raise SubscriptionOver
    return held


def _new(held, wanted, at):
    return Interest(subscription=held, requested_at=at, **wanted.columns())


def _want(held, interest, *, by, at):
    """From now on a subscription held alone is told of these calls; asked twice, it is kept once."""
    is_known = held.interests.confirmed().filter(**Wanted.by(interest).same()).exists()
    if held.state == SubscriptionState.PENDING:
        acts.perform(states.CONFIRM_SUBSCRIPTION, held, by=by, at=at, confirmed_at=at)
    elif not is_known:
        acts.record("subscription.add", held, by=by, at=at)
    if not is_known:
        interest.confirmed_at = at
        interest.save()
    elif interest.pk:
        interest.delete()
    return held
