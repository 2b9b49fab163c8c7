"""What happens to a call is told by e-mail to those who asked for calls like it: once each, by a job.

Whoever confirmed before it happened is told. A call that was cancelled or is void tells nothing but that.
"""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import acts, emails
from calls import interests, news_words
from calls.models import Call, Extension, News, NewsMail, Subscription
from calls.states import CallState
from calls.withheld import INVITATION
from jobs import locks, progress, queue
from programs import withholding

AT_ONCE = 100  # messages by one connection to the mail server
LAST_WEEK = timedelta(days=7)


def announce(call, kind, *, at, number=0):
    """Keep that something happened to a call, and ask for its subscribers to be told, once.

    To be called in the transaction of the act.
    """
    news, is_new = News.objects.get_or_create(call=call, kind=kind, number=number, defaults={"at": at})
    if is_new and how_many_ask(call) and not _withhold(news, at=at):
        _ask_to_tell(news)
    return news


def _ask_to_tell(news):
    label = _("E-mail to subscribers: %(call)s") % {"call": news.call.title}
    queue.enqueue("calls.tell_subscribers", subject=news.call.folio, label=label[:200], news=news.pk)


def _withhold(news, *, at):
    """Keep for later what is publicity while an electoral blackout withholds it. Gives whether it did."""
    if not (news.is_publicity and withholding.withheld_by(INVITATION, news.call.folio, at=at)):
        return False
    News.objects.filter(pk=news.pk).update(withheld_at=at, resumed_at=None)
    return True


def settle_what_was_withheld():
    """After a blackout, or once let through: send each piece of news that still matters, drop the rest."""
    found = News.objects.waiting().select_related("call").order_by("pk")
    return [_settle(one.pk) for one in found]


@transaction.atomic
def _settle(pk):
    """It matters while the call receives applications and its close is the one that it is about."""
    (news,) = locks.exclusive(News.objects.filter(pk=pk))
    now = acts.moment()
    if not News.objects.waiting().filter(pk=pk).exists():
        return news
    if withholding.withheld_by(INVITATION, news.call.folio, at=now):
        return news
    matters = news.call.is_open(at=now) and news.number == news.call.extensions.count()
    News.objects.filter(pk=pk).update(**{"resumed_at" if matters else "dropped_at": now})
    if matters:
        _ask_to_tell(news)
    return news


def how_many_ask(call):
    """How many subscriptions are told what happens to a call."""
    asking = interests.asking_for(call).values("subscription")
    return Subscription.objects.active().filter(pk__in=asking).count()


def announce_the_last_week():
    """The calls that close within a week, once for each close.

    Those published or extended within that week are left out: their message said the close already.
    """
    now = acts.moment()
    since = F("closes_at") - LAST_WEEK
    extended = Extension.objects.filter(call=OuterRef("pk"), at__gte=OuterRef("closes_at") - LAST_WEEK)
    closing = Call.objects.filter(
        state=CallState.PUBLISHED, closes_at__gt=now, closes_at__lte=now + LAST_WEEK, published_at__lt=since
    ).exclude(Exists(extended))
    found = closing.with_program().annotate(times=Count("extensions")).order_by("pk")
    return [_announced_last_week(call, now) for call in found]


@transaction.atomic
def _announced_last_week(call, now):
    return announce(call, News.Kind.LAST_WEEK, number=call.times, at=now)


def tell_subscribers(news):
    """Send news to everybody who asked for it and was not told yet, so many at once. May be run again."""
    asking = interests.asking_for(news.call).filter(confirmed_at__lte=news.at)
    waiting = Subscription.objects.to_tell(news, asking)
    told = NewsMail.objects.filter(news=news).count()
    total = told + waiting.count()
    while batch := list(waiting[:AT_ONCE]):
        news.call.refresh_from_db(fields=["state"])
        if news.is_over or _withhold(news, at=acts.moment()):
            return
        _send_all(news, batch, asking)
        told += len(batch)
        progress.report(told, max(total, told))
        progress.make_way()


def _send_all(news, batch, asking):
    """One connection, the text once in each language, and for each message why it came."""
    wishes = list(asking.filter(subscription__in=batch).select_related("agency"))
    texts = {}
    for language in {one.language for one in batch}:
        with translation.override(language):
            said = interests.all_in_words(wishes)
            texts[language] = (news_words.subject(news), news_words.body(news), said)
    with mail.get_connection() as connection:
        for one in batch:
            subject, body, said = texts[one.language]
            why = [said[wish.pk] for wish in wishes if wish.subscription_id == one.pk]
            deliver(news, one, subject=subject, body=body, why=why, connection=connection)


@transaction.atomic
def deliver(news, subscription, *, subject, body, why, connection):
    """Send one message, unless it was sent or the subscription ended meanwhile.

    The mark is taken first, in the same transaction: when sending fails, it is given back. An address
    that the mail server refuses for good is marked so, and does not hold up the others.
    """
    locks.share(Subscription.objects.filter(pk=subscription.pk))
    held = Subscription.objects.active().filter(pk=subscription.pk).first()
    if held is None or not (mark := _mark(news, held)):
        return False
    try:
        emails.send(
            "news",
            to=held.address,
            subject=subject,
            context={"body": body, "link": news_words.link(news), "why": why, **addresses(held)},
            language=held.language,
            identifier=f"{news.pk}.{held.public_id}",
            headers=unsubscribe_headers(held),
            connection=connection,
        )
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        if not _is_for_good(refusal):
            raise
        mark.was_refused = True
        mark.save(update_fields=["was_refused"])
    return True


def _mark(news, subscription):
    try:
        with transaction.atomic():
            return NewsMail.objects.create(news=news, subscription=subscription, at=timezone.now())
    except IntegrityError:
        return None


def _is_for_good(refusal):
    """Whether the server said that trying again is of no use (a code of the five hundreds)."""
    if isinstance(refusal, SMTPDataError):
        return refusal.smtp_code >= 500
    return all(code >= 500 for code, _said in refusal.recipients.values())


def addresses(subscription):
    """Where a subscription is changed and where it is ended, without signing in."""
    return {
        "change_url": settings.SITE_URL + reverse("calls:subscription", args=[subscription.token]),
        "end_url": settings.SITE_URL + reverse("calls:unsubscribe", args=[subscription.token]),
    }


def unsubscribe_headers(subscription):
    """With which a mail program offers to unsubscribe with one press (RFC 2369, RFC 8058)."""
    end_url = addresses(subscription)["end_url"]
    return {
        "List-Unsubscribe": f"<{end_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
