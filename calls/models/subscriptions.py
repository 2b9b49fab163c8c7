"""Who asked to be told of calls by e-mail, of which ones, and what each was told."""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from calls.models.calls import Call
from calls.states import SubscriptionState
from programs.models import Agency


def new_token():
    return secrets.token_urlsafe(24)


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=SubscriptionState.ACTIVE)

    def to_tell(self, news, wanted):
        """Those that one of the interests ``wanted`` asks to be told of ``news`` and that were not yet."""
        told = NewsMail.objects.filter(subscription=OuterRef("pk"), news=news)
        asking = wanted.filter(subscription=OuterRef("pk"))
        return self.active().filter(Exists(asking), ~Exists(told)).order_by("pk")


class Subscription(models.Model):
    """An address that asked to be told of calls. Whoever holds the token may change it and end it.

    Nothing but the confirmation is sent until the address is confirmed (double opt-in). When it ends the
    address is removed: what remains is that there was one, and how much it was told.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    address = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    language = models.CharField(max_length=10)
    state = models.CharField(
        max_length=10, choices=SubscriptionState, default=SubscriptionState.PENDING
    )  # fmt: skip
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ended", address=None, ended_at__isnull=False)
                | (~Q(state="ended") & Q(address__isnull=False, ended_at=None)),
                name="subscription_ended_keeps_no_address",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(confirmed_at__isnull=False),
                name="subscription_active_was_confirmed",
            ),
        ]

    def __str__(self):
        return self.public_id

    @property
    def is_ended(self):
        return self.state == SubscriptionState.ENDED


class InterestQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def wanting(self, *, agency, topics, places):
        """Those that a call of this agency answers, with its topics and the places it reaches (None: all)."""
        found = self.confirmed().filter(Q(agency=None) | Q(agency=agency), topic_key__in=["", *topics])
        return found if places is None else found.filter(place__in=["", *places])


class Interest(models.Model):
    """Calls of an agency, on a topic, in a place; what is left empty is any. One address may have several.

    Until the link that was sent to the address is opened it is only a wish, swept after some days.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="interests")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    topic_key = models.CharField(max_length=200, blank=True, editable=False)
    place = models.CharField(_("region or municipality"), max_length=40, blank=True)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "agency", "topic_key", "place"],
                condition=Q(confirmed_at__isnull=False),
                name="interest_once_with_an_agency",
            ),
            models.UniqueConstraint(
                fields=["subscription", "topic_key", "place"],
                condition=Q(confirmed_at__isnull=False, agency=None),
                name="interest_once_of_any_agency",
            ),
        ]

    def __str__(self):
        return self.public_id


class NewsQuerySet(models.QuerySet):
    def waiting(self):
        """Those that an electoral blackout withholds and of which nothing was decided yet."""
        return self.filter(withheld_at__isnull=False, resumed_at=None, dropped_at=None)


class News(models.Model):
    """Something that happened to a call and that subscribers are told: once for each time it happens.

    ``number`` tells the times apart: that of the extension, that of the amended publication. What an
    electoral blackout withholds is sent after it (``resumed_at``) or, when it matters no more, dropped.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Call published")
        EXTENDED = "extended", _("Reception extended")
        REACHED = "reached", _("The Rules were amended")
        LAST_WEEK = "last_week", _("Last week")
        RESULTS = "results", _("Results published")
        CANCELLED = "cancelled", _("Call cancelled")
        VOID = "void", _("Call declared void")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    withheld_at = models.DateTimeField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of a call")
        verbose_name_plural = _("news of calls")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "kind", "number"], name="news_once_each_time"),
            models.CheckConstraint(
                condition=Q(resumed_at=None, dropped_at=None)
                | Q(withheld_at__isnull=False, resumed_at=None)
                | Q(withheld_at__isnull=False, dropped_at=None),
                name="news_withheld_is_sent_or_dropped",
            ),
        ]

    def __str__(self):
        return f"{self.call.folio} · {self.kind} · {self.number}"

    @property
    def is_publicity(self):
        """It invites to apply; every other kind tells of an act of the procedure."""
        return self.kind == News.Kind.LAST_WEEK

    @property
    def is_the_end(self):
        return self.kind in (News.Kind.CANCELLED, News.Kind.VOID)

    @property
    def is_over(self):
        """The call ended meanwhile: nothing is told of it but its end."""
        return self.call.is_ended and not self.is_the_end


class NewsMail(models.Model):
    """One message of news to one subscription: never two. ``was_refused``: the address takes no mail."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="mails")
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="mails")
    at = models.DateTimeField()
    was_refused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "news"], name="news_mail_once"),
        ]

    def __str__(self):
        return f"{self.news} · {self.subscription}"
