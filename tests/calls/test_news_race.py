"""Jobs that come twice, buttons pressed together, somebody who leaves meanwhile: once, and no more."""

import pytest
from django.core import mail, signing

from accounts.models import TrailEntry
from calls.actions import news, subscriptions
from calls.interests import Wanted
from calls.models import Interest, News, NewsMail, Subscription
from tests.factories.calls import CallFactory
from tests.factories.subscriptions import InterestFactory, NewsFactory
from tests.harness.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

ANA = "ana@demo.example"


def send(one, subscription):
    with mail.get_connection() as connection:
        return news.deliver(one, subscription, subject="S", body="B", why=[], connection=connection)


def test_of_eight_that_send_the_same_news_one_does():
    one, subscription = NewsFactory(), InterestFactory().subscription

    results = race(lambda _n: send(one, subscription))

    assert sorted(results) == [False] * 7 + [True]
    assert len(mail.outbox) == NewsMail.objects.count() == 1


def test_eight_announcements_of_the_same_thing_are_one():
    call = CallFactory(published=True)

    race(lambda _n: news.announce(call, News.Kind.LAST_WEEK, at=call.opens_at))

    assert News.objects.filter(kind=News.Kind.LAST_WEEK).count() == 1


def test_who_leaves_while_mail_goes_out_gets_it_or_not_and_no_address_is_left():
    one, subscription = NewsFactory(), InterestFactory().subscription

    results = race(
        lambda number: subscriptions.end(subscription) if number else send(one, subscription), threads=2
    )

    assert results[0] is bool(mail.outbox)
    assert Subscription.objects.get(pk=subscription.pk).address is None


def test_the_button_that_confirms_pressed_eight_times_confirms_once():
    interest = InterestFactory(pending=True)
    signed = signing.dumps(interest.public_id, salt=subscriptions.SALT)

    results = race(lambda _n: subscriptions.confirm(signed))

    assert all(isinstance(one, Subscription) for one in results)
    assert Interest.objects.confirmed().count() == 1
    assert TrailEntry.objects.filter(act="subscription.confirm").count() == 1


def test_an_address_asked_eight_times_at_once_is_written_to_three_times():
    race(lambda number: subscriptions.ask(ANA, Wanted(topic=f"tema {number}")))

    assert Subscription.objects.count() == 1
    assert Interest.objects.count() == subscriptions.MOST_AN_HOUR


def test_eight_that_subscribe_signed_in_to_the_same_calls_keep_one(django_user_model):
    ana = django_user_model.objects.create_user(ANA, "x")

    results = race(lambda _n: subscriptions.subscribe(ana, Wanted(topic="niñez")))

    assert all(isinstance(one, Subscription) for one in results)
    assert Interest.objects.count() == 1
