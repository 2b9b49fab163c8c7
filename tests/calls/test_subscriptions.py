"""Being told of calls without an account: asking, confirming, changing, ending."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import TrailEntry
from calls.actions import subscriptions
from calls.interests import Wanted
from calls.models import Interest, Subscription
from jobs import runner
from jobs.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.applications import municipality
from tests.factories.calls import CallFactory, published_rules
from tests.factories.programs import AgencyFactory, ProgramFactory
from tests.factories.subscriptions import InterestFactory, NewsMailFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

ASK, SENT = "/convocatorias/suscripcion/", "/convocatorias/suscripcion/revise-su-correo/"
ANA = "ana@demo.example"
NOW = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def ask(client, address=ANA, **wanted):
    return client.post(ASK, {"address": address, **wanted})


def link_in(letter):
    return re.search(r"/convocatorias/suscripcion/confirmar/\S+", letter.body).group()


def confirmed(client, address=ANA, **wanted):
    ask(client, address, **wanted)
    runner.drain()
    client.post(link_in(mail.outbox[-1]))
    return Subscription.objects.get(address=address)


def page_of(subscription, more=""):
    return f"/convocatorias/suscripcion/{subscription.token}/{more}"


# Asking and confirming


def test_nothing_is_told_before_the_link_is_opened_and_its_button_pressed(client):
    assert ask(client)["Location"] == SENT
    runner.drain()
    (letter,) = mail.outbox
    assert letter.to == [ANA]
    assert "Todas las convocatorias" in letter.body

    page = client.get(link_in(letter))
    assert "Todas las convocatorias" in page.text
    assert not Interest.objects.confirmed().exists()

    assert client.post(link_in(letter)).status_code == 302
    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.interests.confirmed().count()) == ("active", 1)
    entry = TrailEntry.objects.about(subscription).get()
    assert (entry.act, entry.by, entry.subject_name) == ("subscription.confirm", None, subscription.public_id)


def test_the_button_pressed_twice_confirms_once(client):
    ask(client)
    runner.drain()
    link = link_in(mail.outbox[0])

    first, second = client.post(link), client.post(link)

    assert first["Location"] == second["Location"]
    assert Interest.objects.confirmed().count() == 1
    assert TrailEntry.objects.filter(act="subscription.confirm").count() == 1


def test_the_filters_in_use_in_the_list_are_carried_over(client):
    call = CallFactory(published=True, topics="igualdad, niñez")
    municipality()
    listed = client.get(
        "/convocatorias/", {"agency": call.agency.acronym, "topic": "niñez", "place": "Centro", "q": "algo"}
    )

    page = client.get(listed.context["subscribe_url"])

    assert "q=" not in listed.context["subscribe_url"]
    chosen = re.findall(r'<option value="([^"]+)" selected', page.text)
    assert chosen == [call.agency.acronym, "niñez", "Centro"]


def test_what_was_chosen_is_what_is_wanted(client):
    call = CallFactory(published=True, topics="Niñez")
    municipality()

    confirmed(client, agency=call.agency.acronym, topic="Niñez", place="14039")

    interest = Interest.objects.get()
    assert (interest.agency, interest.topic, interest.topic_key, interest.place) == (
        call.agency, "Niñez", "ninez", "14039",
    )  # fmt: skip
    assert f"{call.agency.acronym} · Niñez · Guadalajara" in mail.outbox[0].body


@pytest.mark.parametrize("address", ["", "ana", "ana@"])
def test_an_address_that_cannot_be_is_said_at_its_field_and_nothing_is_lost(client, address):
    ProgramFactory(agency=AgencyFactory(acronym="SSAS"))

    page = ask(client, address, agency="SSAS")

    assert page.status_code == 422
    assert page.context["form"].errors["address"]
    assert '<option value="SSAS" selected' in page.text
    assert not Subscription.objects.exists()


def test_a_link_that_is_too_old_or_was_altered_confirms_nothing_and_says_what_to_do(client, clock):
    ask(client)
    runner.drain()
    link = link_in(mail.outbox[0])
    altered = client.post(link[:-3] + "x" + link[-2:])

    clock.shift(subscriptions.VALID + timedelta(seconds=1))
    late = client.post(link)

    for page in (altered, late):
        assert page.status_code == 410
        assert ASK in page.text
    assert not Interest.objects.confirmed().exists()


def test_a_link_is_good_until_its_last_second(client, clock):
    ask(client)
    runner.drain()

    clock.shift(subscriptions.VALID - timedelta(seconds=1))

    assert client.post(link_in(mail.outbox[0])).status_code == 302


# Nobody learns who is subscribed


def test_the_answer_is_the_same_for_an_address_that_is_subscribed_and_one_that_is_not(client):
    InterestFactory(subscription__address=ANA)

    known, unknown = (
        Client().post(ASK, {"address": address}, follow=True) for address in (ANA, "beto@demo.example")
    )

    assert known.redirect_chain == unknown.redirect_chain == [(SENT, 302)]
    assert without_tokens(known) == without_tokens(unknown)


def without_tokens(page):
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.text)


def test_somebody_else_cannot_change_what_an_address_is_told_of(client):
    interest = InterestFactory(subscription__address=ANA, topic="igualdad")
    CallFactory(published=True, topics="niñez")

    ask(client, "  ANA@demo.example ", topic="niñez")

    assert list(interest.subscription.interests.confirmed()) == [interest]
    runner.drain()
    client.post(link_in(mail.outbox[0]))
    assert {one.topic for one in interest.subscription.interests.confirmed()} == {"igualdad", "niñez"}


def test_an_address_is_asked_at_most_three_times_an_hour_and_the_answer_does_not_say_so(client, clock):
    CallFactory(published=True, topics="a, b, c, d")
    answers = []
    for topic in "abcd":
        answers.append(ask(Client(), topic=topic))
        runner.drain()

    assert len(mail.outbox) == 3
    assert {answer["Location"] for answer in answers} == {SENT}

    clock.shift(timedelta(hours=1))
    ask(client, topic="d")
    runner.drain()
    assert len(mail.outbox) == 4


def test_a_double_click_asks_once(client):
    ask(client)
    ask(client)
    runner.drain()

    assert len(mail.outbox) == 1


def test_so_many_requests_a_minute_from_one_connection_and_no_more(client, clock):
    answers = [ask(client, f"persona{number}@demo.example").status_code for number in range(11)]

    assert answers == [302] * 10 + [429]
    assert Subscription.objects.count() == 10


def test_no_job_and_no_entry_of_the_trail_names_the_address(client):
    confirmed(client)

    assert ANA not in str(list(Job.objects.values()))
    assert ANA not in str(list(TrailEntry.objects.values()))


# Signed in


def test_who_is_signed_in_confirms_nothing(client):
    ana = UserFactory(email=ANA, language="en")
    client.force_login(ana)

    assert "address" not in client.get(ASK).context["form"].fields
    answer = client.post(ASK, {})

    subscription = Subscription.objects.active().get()
    assert answer["Location"] == page_of(subscription)
    assert (subscription.address, subscription.language) == (ANA, "en")
    assert not mail.outbox
    assert TrailEntry.objects.about(subscription).get().by == ana
    assert page_of(subscription) in client.get(ASK).text


def test_the_same_calls_asked_for_twice_are_kept_once():
    ana = UserFactory()

    for _time in range(2):
        held = subscriptions.subscribe(ana, Wanted(topic="Niñez"))
        held = subscriptions.subscribe(ana, Wanted(topic="ninez"))

    assert held.interests.count() == 1
    assert [entry.act for entry in TrailEntry.objects.about(held)] == ["subscription.confirm"]


# Changing and ending


def test_with_the_link_of_a_message_interests_are_added_and_taken_away(client):
    subscription = confirmed(client)
    CallFactory(published=True, topics="niñez")

    client.post(page_of(subscription), {"topic": "niñez"})
    page = client.get(page_of(subscription))
    assert [row["words"] for row in page.context["rows"]] == ["Todas las convocatorias", "niñez"]

    client.post(page_of(subscription), {"remove": page.context["rows"][0]["public_id"]})
    assert [one.topic for one in subscription.interests.all()] == ["niñez"]
    assert [entry.act for entry in TrailEntry.objects.about(subscription).order_by("pk")] == [
        "subscription.confirm", "subscription.add", "subscription.drop",
    ]  # fmt: skip


def test_taking_away_the_last_one_ends_it(client):
    interest = InterestFactory()

    client.post(page_of(interest.subscription), {"remove": interest.public_id}, follow=True)

    interest.subscription.refresh_from_db()
    assert (interest.subscription.state, interest.subscription.address) == ("ended", None)


def test_an_interest_of_another_subscription_is_not_taken_away(client):
    mine, other = InterestFactory(), InterestFactory()

    client.post(page_of(mine.subscription), {"remove": other.public_id})

    assert Interest.objects.count() == 2


def test_opening_the_link_to_unsubscribe_does_nothing_and_its_button_removes_the_address(client):
    subscription = confirmed(client)
    NewsMailFactory(subscription=subscription)

    page = client.get(page_of(subscription, "baja/"))
    subscription.refresh_from_db()
    assert "<button" in page.text
    assert subscription.state == "active"

    done = client.post(page_of(subscription, "baja/"))
    subscription.refresh_from_db()
    assert done.status_code == 200
    assert (subscription.state, subscription.address, subscription.interests.count()) == ("ended", None, 0)
    assert subscription.mails.count() == 1  # what remains is the count
    assert subscription.ended_at is not None


def test_a_mail_program_unsubscribes_with_one_post_without_session_or_form(client):
    subscription = InterestFactory().subscription
    strict = Client(enforce_csrf_checks=True)

    for _time in range(2):
        answer = strict.post(page_of(subscription, "baja/"), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    subscription.refresh_from_db()
    assert subscription.address is None
    assert TrailEntry.objects.filter(act="subscription.end").count() == 1


def test_what_ended_is_not_changed_and_the_address_may_subscribe_again(client):
    ended = subscriptions.end(InterestFactory(subscription__address=ANA).subscription)

    assert client.post(page_of(ended), {})["Location"] == page_of(ended, "baja/")
    assert "button" not in client.get(page_of(ended)).text.split("<main")[1].split("</main")[0]

    again = confirmed(client)
    assert again.pk != ended.pk


def test_a_token_that_nobody_has_leads_nowhere(client):
    for more in ("", "baja/"):
        assert client.get(f"/convocatorias/suscripcion/{'x' * 32}/{more}").status_code == 404


def test_what_nobody_confirmed_is_forgotten_after_three_days_and_nothing_else():
    kept = InterestFactory()
    asked = NOW - subscriptions.VALID
    InterestFactory(subscription=kept.subscription, confirmed_at=None, requested_at=asked, topic="niñez")
    InterestFactory(pending=True, requested_at=asked, subscription__requested_at=asked)
    later = asked + timedelta(seconds=1)
    fresh = InterestFactory(pending=True, requested_at=later, subscription__requested_at=asked)

    subscriptions.forget_unconfirmed(at=NOW)

    assert set(Interest.objects.all()) == {kept, fresh}
    assert set(Subscription.objects.all()) == {kept.subscription, fresh.subscription}


def test_the_database_keeps_no_address_of_what_ended_and_no_interest_twice():
    interest = InterestFactory(topic="niñez")

    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.update(state="ended", ended_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestFactory(subscription=interest.subscription, topic="Ninez")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(
            address=interest.subscription.address, language="en", requested_at=NOW, state="pending"
        )
    agency = AgencyFactory()
    InterestFactory(subscription=interest.subscription, topic="niñez", agency=agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestFactory(subscription=interest.subscription, topic="niñez", agency=agency)


@pytest.mark.parametrize("count", [1, 30])
def test_what_one_is_told_of_costs_the_same_for_one_as_for_thirty(client, django_assert_num_queries, count):
    subscription, place = SubscriptionFactory(), municipality()
    for number in range(count):
        InterestFactory(
            subscription=subscription, topic=f"tema {number}", agency=AgencyFactory(), place=place.key
        )

    with django_assert_num_queries(6):
        page = client.get(page_of(subscription))

    assert page.text.count('name="remove"') == count


def test_the_rules_need_not_be_published_for_their_agency_to_be_chosen(client):
    publication = published_rules()

    agencies = dict(client.get(ASK).context["form"].fields["agency"].choices)

    assert publication.edition.program.agency.acronym in agencies
