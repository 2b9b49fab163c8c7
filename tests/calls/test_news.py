"""What subscribers are told of a call: what happens to it, once each, and why it came to them."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import emails
from accounts.models import Role
from calls import listing, tasks
from calls.actions import calls, endings, extensions, subscriptions, telling
from calls.actions import news as actions
from calls.interests import asking_for
from calls.models import Call, Extension, News, NewsMail
from jobs import runner
from jobs.models import Job, JobState
from jobs.schedule import entries
from programs.models import Municipality
from tests.factories.accounts import member
from tests.factories.applications import municipality
from tests.factories.calls import (
    CLOSE,
    OPENING,
    CallFactory,
    operator_of,
    published_rules,
)
from tests.factories.programs import AgencyFactory
from tests.factories.subscriptions import InterestFactory, NewsFactory, NewsMailFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
MARCH = datetime(2026, 3, 20, 12, 0, tzinfo=MEXICO)
TENTH = datetime(2026, 4, 10, 23, 59, tzinfo=MEXICO)
REASON = "El registro federal estuvo caído tres días."
ENDING = {"reason": "Sin suficiencia presupuestal.", "basis": "Regla 14"}


def told():
    """Subject and text of each message that subscribers got, after the work is done."""
    runner.drain()
    return [one for one in mail.outbox if "List-Unsubscribe" in one.extra_headers]


def head_of(call):
    return member(Role.HEAD, call.agency.body)


# What is told


def test_the_publication_is_told_to_who_asked_with_the_reason_and_the_way_out(settings):
    interest = InterestFactory(topic="igualdad")

    call = CallFactory(published=True, topics="Igualdad, niñez")

    (letter,) = told()
    token = interest.subscription.token
    assert letter.to == [interest.subscription.address]
    assert letter.subject == f"Nueva convocatoria: {call.title}"
    for part in (
        "desde el 2 de marzo de 2026, 09:00", "hasta el 31 de marzo de 2026, 23:59",
        call.summary, "- igualdad", settings.SITE_URL + call.get_absolute_url(),
        f"{settings.SITE_URL}/convocatorias/suscripcion/{token}/\n",
        f"{settings.SITE_URL}/convocatorias/suscripcion/{token}/baja/\n",
    ):  # fmt: skip
        assert part in letter.body, part
    assert letter.extra_headers["List-Unsubscribe"] == (
        f"<{settings.SITE_URL}/convocatorias/suscripcion/{token}/baja/>"
    )
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def extended(call):
    extensions.extend(call, TENTH, reason=REASON, by=operator_of(call), at=MARCH)


def cancelled(call):
    endings.cancel(call, by=head_of(call), at=MARCH, **ENDING)


def void(call):
    call = calls.seal(call, at=CLOSE)
    endings.declare_void(call, by=head_of(call), at=CLOSE, **ENDING)


def released(call):
    call = calls.seal(call, at=CLOSE)
    calls.release(call, by=operator_of(call), at=CLOSE + timedelta(days=10))


@pytest.mark.parametrize(
    ("act", "subject", "parts"),
    [
        (
            extended,
            "Recepción prorrogada",
            ["10 de abril de 2026, 23:59", f"Motivo: {REASON}"],
        ),
        (cancelled, "Convocatoria cancelada", ["Sin suficiencia presupuestal.", "Regla 14"]),
        (void, "Convocatoria declarada desierta", ["Sin suficiencia presupuestal.", "Regla 14"]),
        (released, "Resultados publicados", ["publicó los resultados", "/resultados/"]),
    ],
)
def test_each_change_is_told_once(act, subject, parts):
    call = CallFactory(published=True)
    InterestFactory()

    act(call)

    (letter,) = told()
    assert letter.subject == f"{subject}: {call.title}"
    for part in parts:
        assert part in letter.body, part


def test_two_extensions_are_two_pieces_of_news():
    call = CallFactory(published=True)
    InterestFactory()

    extended(call)
    extensions.extend(call, TENTH + timedelta(days=5), reason="Otra vez.", by=operator_of(call), at=MARCH)

    assert [letter.subject.split(":")[0] for letter in told()] == ["Recepción prorrogada"] * 2


def test_each_person_reads_it_in_the_language_they_asked_in():
    InterestFactory(subscription__language="en")
    InterestFactory()

    CallFactory(published=True)

    assert sorted(letter.subject.split(":")[0] for letter in told()) == ["New call", "Nueva convocatoria"]


def test_fiction_is_marked_in_subject_and_text():
    InterestFactory()

    CallFactory(publication=published_rules(is_demo=True), published=True)

    (letter,) = told()
    assert letter.subject.startswith("[demostración] ")
    assert "Esta convocatoria es ficticia" in letter.body


# To whom


REGION = "Valles"


@pytest.fixture
def places():
    """Guadalajara is of the region Centro; Tala of Valles."""
    municipality()
    return Municipality.objects.create(
        key="14083", name="Tala", region=REGION, postal_min="45300", postal_max="45349",
        tile_column=1, tile_row=1,
    )  # fmt: skip


COVERAGES = {
    "nothing said": [],
    "the state": [("state", "", "")],
    "a region": [("region", REGION, "")],
    "a municipality": [("municipality", REGION, "14083")],
}


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("coverage", "place", "is_told"),
    [
        ("nothing said", "14083", True),
        ("the state", REGION, True),
        ("the state", "14083", True),
        ("a region", "", True),
        ("a region", REGION, True),
        ("a region", "14083", True),
        ("a region", "Centro", False),
        ("a region", "14039", False),
        ("a municipality", REGION, True),
        ("a municipality", "14083", True),
        ("a municipality", "14039", False),
    ],
)
def test_the_list_and_the_subscription_agree_on_the_places_of_a_call(coverage, place, is_told):
    call = CallFactory(publication=published_rules(coverage=COVERAGES[coverage]), published=True)
    interest = InterestFactory(place=place)

    listed = listing.chosen(listing.rows(at=OPENING), at=OPENING, place=place).exists()
    asked = asking_for(call).filter(pk=interest.pk).exists()

    assert (listed, asked) == (is_told, is_told)


@pytest.mark.parametrize(
    ("wanted", "is_told"),
    [
        ({}, True),
        ({"topic": "NIÑEZ"}, True),
        ({"topic": "niña"}, False),
        ({"agency": "its own"}, True),
        ({"agency": "another"}, False),
        ({"agency": "its own", "topic": "deporte"}, False),
        ({"agency": "its own", "topic": "igualdad"}, True),
    ],
)
def test_the_list_and_the_subscription_agree_on_topics_and_agencies(wanted, is_told):
    call = CallFactory(published=True, topics="igualdad, niñez")
    agencies = {"its own": call.agency, "another": AgencyFactory()}
    agency = agencies.get(wanted.get("agency"))
    interest = InterestFactory(agency=agency, topic=wanted.get("topic", ""))

    filters = {"topic": wanted.get("topic", ""), "agency": agency.acronym if agency else ""}
    listed = listing.chosen(listing.rows(at=OPENING), at=OPENING, **filters).exists()
    asked = asking_for(call).filter(pk=interest.pk).exists()

    assert (listed, asked) == (is_told, is_told)


def test_two_interests_that_a_call_answers_make_one_message_that_names_both():
    one = InterestFactory(topic="igualdad")
    InterestFactory(subscription=one.subscription)
    InterestFactory(subscription=one.subscription, topic="deporte")

    CallFactory(published=True, topics="igualdad")

    (letter,) = told()
    assert "- igualdad\n- Todas las convocatorias\n" in letter.body
    assert "deporte" not in letter.body


def test_who_has_not_confirmed_and_who_left_are_told_nothing():
    InterestFactory(pending=True)
    subscriptions.end(InterestFactory().subscription)

    CallFactory(published=True)

    assert told() == []
    assert not Job.objects.filter(task="calls.tell_subscribers").exists()


def test_who_subscribes_afterwards_is_told_of_what_happens_from_then_on():
    InterestFactory()
    call = CallFactory(published=True)
    late = InterestFactory(confirmed_at=timezone.now())

    runner.drain()

    assert not late.subscription.mails.exists()
    assert News.objects.get(call=call).mails.count() == 1


def test_who_leaves_before_the_message_is_sent_gets_none():
    leaving = InterestFactory().subscription
    InterestFactory()
    CallFactory(published=True)

    subscriptions.end(leaving)

    assert len(told()) == 1


# Once, whatever happens


def send(news, subscription):
    with mail.get_connection() as connection:
        return actions.deliver(news, subscription, subject="S", body="B", why=[], connection=connection)


def test_the_same_news_is_never_sent_twice():
    news, subscription = NewsFactory(), SubscriptionFactory()

    assert send(news, subscription) is True
    assert send(news, subscription) is False
    assert len(mail.outbox) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsMailFactory(news=news, subscription=subscription)


def test_announced_twice_it_is_one_piece_of_news():
    call = CallFactory(published=True)
    InterestFactory()

    for _time in range(2):
        actions.announce(call, News.Kind.RESULTS, at=MARCH)

    assert len(told()) == 1


class Stumbling:
    """A mail server that refuses some message with an error."""

    def __init__(self, monkeypatch, error, when):
        self.real, self.error, self.when, self.tried = emails.send, error, when, 0
        monkeypatch.setattr(emails, "send", self)

    def __call__(self, *args, to, **options):
        self.tried += 1
        if self.when(self.tried, to):
            raise self.error
        return self.real(*args, to=to, **options)


def test_a_mail_server_that_stumbles_goes_on_with_those_not_told_yet(monkeypatch):
    for _number in range(3):
        InterestFactory()
    Stumbling(monkeypatch, ConnectionResetError(104, "reset"), lambda tried, _to: tried == 2)
    CallFactory(published=True)

    assert len(told()) == 1
    Job.objects.filter(task="calls.tell_subscribers").update(run_after="2020-01-01T00:00Z")

    assert len({letter.to[0] for letter in told()}) == len(mail.outbox) == 3
    assert NewsMail.objects.filter(was_refused=False).count() == 3


def test_an_address_that_is_refused_for_good_does_not_hold_up_the_others(monkeypatch):
    gone = InterestFactory().subscription
    InterestFactory()
    error = SMTPRecipientsRefused({gone.address: (550, b"no such user")})
    Stumbling(monkeypatch, error, lambda _tried, to: to == gone.address)

    CallFactory(published=True)

    assert len(told()) == 1
    assert gone.mails.get().was_refused
    assert Job.objects.get(task="calls.tell_subscribers").state == JobState.DONE


@pytest.mark.parametrize(
    "error", [SMTPRecipientsRefused({"x": (451, b"later")}), SMTPSenderRefused(550, b"no", "x@demo.example")]
)
def test_what_may_pass_or_is_not_about_the_address_is_tried_again(monkeypatch, error):
    InterestFactory()
    Stumbling(monkeypatch, error, lambda tried, _to: tried == 1)
    CallFactory(published=True)

    assert told() == []
    assert not NewsMail.objects.exists()
    assert Job.objects.get(task="calls.tell_subscribers").state == JobState.QUEUED


@pytest.mark.parametrize("count", [1, 5])
def test_many_are_told_in_batches_and_each_once(monkeypatch, count):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for _number in range(count):
        InterestFactory()

    CallFactory(published=True)

    assert len({letter.to[0] for letter in told()}) == len(mail.outbox) == count
    job = Job.objects.get(task="calls.tell_subscribers")
    assert (job.done_units, job.total_units) == (count, count)


def test_a_message_costs_seven_statements_and_a_batch_few_more(django_assert_max_num_queries):
    subscription_count = 20
    for _number in range(subscription_count):
        InterestFactory()
    call = CallFactory(published=True)
    news = News.objects.get(call=call)

    with django_assert_max_num_queries(7 * subscription_count + 10):
        tasks.tell_subscribers(news=news.pk)

    assert len(mail.outbox) == subscription_count


# A call that ended tells nothing but that


def test_what_was_still_to_be_told_of_a_cancelled_call_is_not():
    InterestFactory()
    call = CallFactory(published=True)

    cancelled(call)

    assert [letter.subject.split(":")[0] for letter in told()] == ["Convocatoria cancelada"]


# The last week


def last_week(moment):
    with time_machine.travel(moment, tick=False):
        actions.announce_the_last_week()
        return [one.subject for one in told() if one.subject.startswith("Últimos días")]


@pytest.fixture
def open_call():
    call = CallFactory(published=True)
    InterestFactory()
    return call


WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("moment", "is_told"),
    [
        (CLOSE - WEEK - timedelta(seconds=1), False),
        (CLOSE - WEEK, True),
        (CLOSE - timedelta(seconds=1), True),
        (CLOSE, False),
    ],
)
def test_a_week_before_the_close_it_is_said(open_call, moment, is_told):
    assert bool(last_week(moment)) is is_told


def test_it_is_said_once_however_many_days_it_is_looked_at(open_call):
    last_week(CLOSE - WEEK)

    assert len(last_week(CLOSE - timedelta(days=2))) == 1


def test_it_is_said_again_for_a_later_close_unless_the_extension_said_it_within_the_week(open_call):
    last_week(CLOSE - timedelta(days=6))
    at = CLOSE - timedelta(days=5)
    extensions.extend(open_call, TENTH, reason=REASON, by=operator_of(open_call), at=at)
    closes = Call.objects.get().closes_at

    assert len(last_week(closes - WEEK - timedelta(hours=1))) == 1
    assert len(last_week(closes - WEEK + timedelta(hours=1))) == 2

    at = closes - timedelta(days=1)
    extensions.extend(open_call, TENTH + timedelta(days=3), reason=REASON, by=operator_of(open_call), at=at)
    assert len(last_week(at + timedelta(hours=2))) == 2
    assert Extension.objects.count() == 2


def test_a_call_published_within_the_week_has_just_said_its_close(open_call):
    Call.objects.update(published_at=CLOSE - timedelta(days=3))

    assert last_week(CLOSE - timedelta(days=2)) == []


def test_a_cancelled_call_has_no_last_week(open_call):
    cancelled(open_call)

    assert last_week(CLOSE - timedelta(days=2)) == []


def test_the_clock_asks_for_both_works_of_every_day():
    assert {tasks.announce_the_last_week.name, tasks.forget_unconfirmed.name} <= set(entries())


# Before the act, the agency sees how many are told


def test_who_publishes_or_extends_reads_how_many_will_be_told_and_no_address(client):
    draft = CallFactory()
    interest = InterestFactory()
    InterestFactory(agency=AgencyFactory())
    client.force_login(operator_of(draft))

    with time_machine.travel(OPENING - timedelta(days=1), tick=False):
        page = client.get(reverse("calls:publish", args=[draft.folio]))

    assert "1 persona suscrita a convocatorias como esta" in page.text
    assert interest.subscription.address not in page.text
    assert telling.recipients(draft).people == 1
