"""While an electoral blackout is in force publicity is left out, its notes say so, and procedures go on."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from calls.actions import applications, news
from calls.dissemination import plan_of
from calls.models import News
from jobs import runner
from programs.models import DisseminationAction
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import ApplicationFactory, OpenCallFactory, representative_of
from tests.factories.blackouts import BlackoutExceptionFactory, BlackoutPeriodFactory
from tests.factories.calls import CLOSE, CallFactory, operator_of
from tests.factories.dissemination import EvidenceFactory
from tests.factories.documents import DocumentFactory, RenderingFactory
from tests.factories.subscriptions import InterestFactory, NewsFactory

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
NOTE = "Periodo electoral: se retiene la publicidad"
URL, ACCOUNT = "https://demo.example/logro", "Se anunció a mil personas."


@pytest.fixture
def call():
    return OpenCallFactory()


@pytest.fixture
def shown(call):
    """Evidence of its planned action."""
    action = DisseminationAction.objects.of_publication(call.publication).get()
    return EvidenceFactory(call=call, action=action, on=action.on, account=ACCOUNT, url=URL, reached=1000)


def address(name, call, *more):
    return reverse(f"calls:{name}", args=[call.folio, *more])


def let(period, kind, reference=""):
    return BlackoutExceptionFactory(period=period, kind=kind, reference=reference)


# Evidence


def test_evidence_and_its_figures_are_left_out_and_the_note_says_why(client, call, shown):
    page = address("dissemination", call)
    assert ACCOUNT in client.get(page).text
    period = BlackoutPeriodFactory()

    text = client.get(page).text

    assert ACCOUNT not in text
    assert URL not in text
    assert "acción planeada con evidencia" not in text
    for said in (NOTE, period.source, period.get_absolute_url(), "Portal"):
        assert said in text


def test_the_page_of_the_call_keeps_its_procedure(client, call, shown):
    before = client.get(call.get_absolute_url()).text
    BlackoutPeriodFactory()

    text = client.get(call.get_absolute_url()).text

    assert "Hecha" in before
    assert "Hecha" not in text
    for said in (NOTE, 'id="documents"', 'id="schedule"', 'id="criteria"', 'id="contacts"', "Portal"):
        assert said in text


def test_without_a_period_in_force_nothing_is_said_of_it(client, call, shown):
    BlackoutPeriodFactory(noted=True)
    BlackoutPeriodFactory(ends_at=timezone.now() - SECOND)

    for page in (call.get_absolute_url(), address("dissemination", call), reverse("programs:follow_up")):
        assert NOTE not in client.get(page).text


def test_the_agency_goes_on_recording_and_sees_its_own(client, call, shown):
    BlackoutPeriodFactory()
    client.force_login(operator_of(call))

    assert ACCOUNT in client.get(address("desk_dissemination", call)).text
    said = {"action": "portal", "on": shown.on.isoformat(), "account": "Otra.", "url": URL}
    assert client.post(address("record_evidence", call), said).status_code == 302


def test_evidence_that_was_let_through_is_shown_and_the_rest_is_not(client, call, shown):
    EvidenceFactory(call=call, account="Otra cosa.")
    let(BlackoutPeriodFactory(), "evidence", shown.public_id)

    text = client.get(address("dissemination", call)).text

    assert ACCOUNT in text
    assert "Otra cosa." not in text


@pytest.mark.parametrize(
    ("from_first", "from_end", "seen"),
    [(-SECOND, None, 1), (timedelta(0), None, 0), (None, -SECOND, 0), (None, timedelta(0), 1)],
)
def test_evidence_is_left_out_from_the_first_second_to_the_last(call, shown, from_first, from_end, seen):
    period = BlackoutPeriodFactory()
    moment = period.starts_at + from_first if from_end is None else period.ends_at + from_end

    with time_machine.travel(moment, tick=False):
        plan = plan_of(call, for_public=True)

    assert sum(len(one.evidence) for one in plan.planned) == seen


def test_its_file_is_refused_with_the_reason_but_to_its_agency(client, call):
    evidence = EvidenceFactory(call=call, with_file=True)
    period = BlackoutPeriodFactory()

    refused = client.get(evidence.file_url)

    assert refused.status_code == 403
    assert period.source in refused.text


def test_the_api_keeps_the_days_and_withholds_what_is_publicity(client, call, shown):
    BlackoutPeriodFactory()

    (row,) = client.get("/api/v1/dissemination/").json()["results"]

    assert (row["is_withheld"], row["on"], row["state"]) == (True, shown.on.isoformat(), "recorded")
    assert (row["account"], row["url"], row["file"], row["reached"]) == ("", "", "", None)


# The poster


def poster_of(call):
    return RenderingFactory(
        code="ABCD-2345-WXYZ",
        kind="call-poster",
        subject_id=call.folio,
        is_public=True,
        document=DocumentFactory(),
        folio=call.folio,
    )


def test_the_poster_is_not_offered_nor_given_and_its_code_is_still_verified(client, call):
    poster = poster_of(call)
    download = reverse("documents:download", args=[poster.code])
    assert download in client.get(call.get_absolute_url()).text
    period = BlackoutPeriodFactory()

    refused = client.get(download)

    assert download not in client.get(call.get_absolute_url()).text
    assert refused.status_code == 403
    assert period.source in refused.text
    assert client.get(reverse("documents:verification", args=[poster.code])).status_code == 200


def test_the_other_papers_of_the_call_stay(client, call):
    paper = RenderingFactory(
        kind="announcement", subject_id=call.folio, is_public=True, document=DocumentFactory(),
    )  # fmt: skip
    BlackoutPeriodFactory()

    assert reverse("documents:download", args=[paper.code]) in client.get(call.get_absolute_url()).text


def test_a_poster_that_was_let_through_is_offered(client, call):
    poster = poster_of(call)
    let(BlackoutPeriodFactory(), "poster", call.folio)

    assert reverse("documents:download", args=[poster.code]) in client.get(call.get_absolute_url()).text


# The board


def board(client):
    return client.get(reverse("programs:follow_up"), {"ejercicio": 2026})


def test_the_public_board_leaves_out_figures_and_panels_of_achievements(client, call, shown):
    assert board(client).context["figures"]
    titles = {one.panel.template_name for one in board(client).context["panels"]}
    assert "calls/_panel_promises.html" in titles
    BlackoutPeriodFactory()

    response = board(client)

    assert response.context["figures"] == []
    assert [one.panel.template_name for one in response.context["panels"]] == ["calls/_panel_calls.html"]
    assert NOTE in response.text


@pytest.mark.parametrize("role", [Role.MONITORING, Role.AUDITOR, Role.HEAD])
def test_who_works_with_the_board_goes_on_seeing_it_whole(client, call, role):
    BlackoutPeriodFactory()
    client.force_login(member(role))

    response = board(client)

    assert response.context["figures"]
    assert NOTE not in response.text


def test_a_person_without_such_a_role_sees_what_the_public_sees(client, call):
    BlackoutPeriodFactory()
    client.force_login(UserFactory())

    assert board(client).context["figures"] == []


def test_the_board_is_let_through_whole(client, call):
    let(BlackoutPeriodFactory(), "board")

    assert board(client).context["figures"]


# Procedures


def test_an_application_is_received_and_the_promised_dates_stay(client, call):
    BlackoutPeriodFactory()
    application = ApplicationFactory(call=call, complete=True)

    applications.submit(application, by=representative_of(application.organization))

    application.refresh_from_db()
    assert application.folio
    assert client.get(reverse("calls:promises")).status_code == 200
    assert client.get("/api/v1/calls/").json()["count"] == 1


# What subscribers are told

WEEK = timedelta(days=7)
LAST_DAYS = CLOSE - timedelta(days=5)


@pytest.fixture
def closing():
    """A call that closes on 31 March, and somebody who asked to be told; the publication was told."""
    InterestFactory()
    call = CallFactory(published=True)
    told()
    return call


def told():
    """The subjects of what subscribers got since this was asked last."""
    runner.drain()
    subjects = [one.subject for one in mail.outbox if "List-Unsubscribe" in one.extra_headers]
    mail.outbox.clear()
    return subjects


def blackout(starts_at, ends_at):
    return BlackoutPeriodFactory(starts_at=starts_at, ends_at=ends_at)


def settle(moment):
    with time_machine.travel(moment, tick=False):
        news.settle_what_was_withheld()
        return told()


def announced_last_week(moment=LAST_DAYS):
    with time_machine.travel(moment, tick=False):
        news.announce_the_last_week()
        return told()


def test_the_invitation_of_the_last_week_waits_for_the_end_and_is_sent_once(closing):
    period = blackout(LAST_DAYS - WEEK, CLOSE - timedelta(days=2))

    assert announced_last_week() == []
    assert settle(period.ends_at - SECOND) == []
    assert settle(period.ends_at) == [f"Últimos días para participar: {closing.title}"]
    assert settle(period.ends_at + SECOND) == []


def test_what_no_longer_matters_is_dropped(closing):
    blackout(LAST_DAYS - WEEK, CLOSE + timedelta(days=30))
    announced_last_week()

    assert settle(CLOSE + timedelta(days=30)) == []

    kept = News.objects.get(kind=News.Kind.LAST_WEEK)
    assert kept.dropped_at is not None
    assert kept.resumed_at is None


def test_what_was_extended_meanwhile_is_dropped_since_its_close_is_another(closing):
    period = blackout(LAST_DAYS - WEEK, CLOSE - timedelta(days=2))
    announced_last_week()
    News.objects.filter(kind=News.Kind.LAST_WEEK).update(number=5)

    assert settle(period.ends_at) == []


def test_an_invitation_that_was_let_through_is_sent_during_the_blackout(closing):
    period = blackout(LAST_DAYS - WEEK, CLOSE)
    announced_last_week()
    let(period, "invitation", closing.folio)

    assert settle(LAST_DAYS + SECOND) == [f"Últimos días para participar: {closing.title}"]


def test_a_blackout_that_begins_between_asking_and_sending_withholds_too(closing):
    with time_machine.travel(LAST_DAYS, tick=False):
        news.announce_the_last_week()
    blackout(LAST_DAYS + SECOND, CLOSE)

    with time_machine.travel(LAST_DAYS + SECOND, tick=False):
        assert told() == []

    assert News.objects.waiting().get().withheld_at == LAST_DAYS + SECOND


@pytest.mark.parametrize("kind", [kind for kind in News.Kind if kind != News.Kind.LAST_WEEK])
def test_what_tells_of_an_act_of_the_procedure_is_not_publicity(kind):
    assert not News(kind=kind).is_publicity


def test_the_publication_of_a_call_is_told_during_a_blackout():
    InterestFactory()
    blackout(CLOSE - timedelta(days=200), CLOSE + timedelta(days=200))

    call = CallFactory(published=True)

    assert told() == [f"Nueva convocatoria: {call.title}"]


def test_the_database_keeps_no_news_that_was_both_sent_and_dropped(call):
    now = timezone.now()
    for wrong in (
        {"resumed_at": now},
        {"dropped_at": now},
        {"withheld_at": now, "resumed_at": now, "dropped_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NewsFactory(call=call, **wrong)
