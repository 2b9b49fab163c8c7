"""Extending the reception: before the close, with its reason, as the Rules count, and told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from accounts import acts
from accounts.models import Notice, Role, TrailEntry
from calls import ledger
from calls.actions import applications, calls, extensions, promises
from calls.actions.extensions import Authority, CannotExtend
from calls.models import Call, Extension
from documents import renderings
from documents.models import Rendering
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import ApplicationFactory, OrganizationFactory, representative_of
from tests.factories.applications import operator_of as desk_of
from tests.factories.calls import (
    CLOSE,
    SCHEDULE,
    CallFactory,
    ExtensionFactory,
    open_call,
    operator_of,
    published_rules,
)

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
MARCH = datetime(2026, 3, 20, 12, 0, tzinfo=MEXICO)
REASON = "El registro federal estuvo caído tres días."
TENTH = datetime(2026, 4, 10, 23, 59, tzinfo=MEXICO)
TWENTIETH = datetime(2026, 4, 20, 23, 59, tzinfo=MEXICO)
BEYOND = datetime(2026, 4, 21, 23, 59, tzinfo=MEXICO)
GRANTED = Authority("Titular de la dependencia", "Acuerdo 12/2026")


def extend(call, minute=TENTH, *, reason=REASON, at=MARCH, by=None, authority=None):
    return extensions.extend(
        call, minute, reason=reason, by=by or operator_of(call), authority=authority, at=at
    )


def dates_of(call, at=MARCH):
    return {p.milestone: (p.planned.on, [row.on for row in p.former]) for p in ledger.of(call, at=at)}


def begun(call, *, at=MARCH, drafter=False):
    organization = OrganizationFactory(drafter=drafter)
    return applications.start(call, organization, by=representative_of(organization), at=at)


# What it changes


def test_an_extension_moves_the_close_and_what_the_rules_count_from_it():
    call = CallFactory(published=True)
    former = call.closes_at

    extension = extend(call)

    call.refresh_from_db()
    assert call.closes_at == extension.closes_at == TENTH + timedelta(minutes=1)
    assert (extension.former_closes_at, extension.number, extension.reason) == (former, 1, REASON)
    found = dates_of(call)
    assert found["call_closed"] == (date(2026, 4, 10), [date(2026, 3, 31)])
    assert found["documents_delivered"] == (date(2026, 4, 17), [date(2026, 4, 7)])  # five business days
    assert found["ruling"] == (date(2026, 4, 24), [])
    entry = TrailEntry.objects.about(call).get(act="call.extend")
    assert entry.note == f"{former.isoformat()} → {extension.closes_at.isoformat()}"


def test_what_would_come_before_its_predecessor_moves_to_the_first_working_day_that_does_not():
    call = CallFactory(published=True)

    extend(call, TWENTIETH)

    found = dates_of(call)
    assert found["documents_delivered"][0] == date(2026, 4, 27)
    assert found["ruling"] == (date(2026, 4, 27), [date(2026, 4, 24)])
    assert found["results_published"] == (date(2026, 4, 30), [])


def test_a_second_extension_keeps_every_former_close():
    call = CallFactory(published=True)

    extend(call)
    extend(call, TWENTIETH)

    assert dates_of(call)["call_closed"] == (date(2026, 4, 20), [date(2026, 3, 31), date(2026, 4, 10)])
    assert [row.number for row in call.extensions.all()] == [1, 2]


def test_a_later_minute_of_the_same_day_is_an_extension_too():
    call = CallFactory(published=True, closes=datetime(2026, 3, 31, 15, 0, tzinfo=MEXICO))

    extend(call, datetime(2026, 3, 31, 18, 0, tzinfo=MEXICO))

    call.refresh_from_db()
    assert call.closes_at == datetime(2026, 3, 31, 18, 1, tzinfo=MEXICO)
    assert call.planned_dates.filter(milestone="call_closed").count() == 2


# What is refused


@pytest.mark.parametrize(
    ("minute", "reason", "at", "field"),
    [
        (CLOSE - timedelta(minutes=1), REASON, MARCH, "closes_on"),  # the present last minute
        (CLOSE - timedelta(days=2), REASON, MARCH, "closes_on"),
        (TENTH, "  ", MARCH, "reason"),
        (TENTH, REASON, CLOSE, ""),  # the close has come
        (BEYOND, REASON, MARCH, "authority"),  # the Rules allow until 20 April
    ],
)
def test_an_extension_is_refused(minute, reason, at, field):
    call = CallFactory(published=True)

    with pytest.raises(CannotExtend) as refusal:
        extend(call, minute, reason=reason, at=at)

    assert refusal.value.field == field
    assert not call.extensions.exists()
    assert call.planned_dates.filter(number__gt=1).count() == 0


def test_an_extension_is_possible_to_the_last_second():
    call = CallFactory(published=True)

    assert extend(call, at=CLOSE - timedelta(seconds=1)).number == 1


def test_beyond_the_rules_it_says_who_authorised_it_and_where():
    call = CallFactory(published=True)

    with pytest.raises(CannotExtend) as refusal:
        extend(call, BEYOND, authority=Authority("Titular"))
    with translation.override("es-mx"):
        extension = extend(call, BEYOND, authority=GRANTED)

    assert refusal.value.field == "reference"
    assert (extension.authority, extension.reference) == ("Titular de la dependencia", "Acuerdo 12/2026")


def test_a_date_that_the_rules_fix_and_the_extension_passes_needs_an_authority():
    fixed = SCHEDULE | {"ruling": {"side": "committee", "on": date(2026, 4, 24)}}
    call = CallFactory(publication=published_rules(schedule=fixed), published=True)

    with pytest.raises(CannotExtend, match="24"):
        extend(call, TWENTIETH)

    assert extend(call, TWENTIETH, authority=GRANTED).number == 1


@pytest.mark.parametrize("until", ["draft", "sealed", "released"])
def test_only_a_published_call_is_extended(until):
    call = CallFactory(until=until)

    with pytest.raises(CannotExtend):
        extend(call)


@pytest.mark.parametrize("role", [Role.HEAD, Role.EDITOR, Role.LEGAL, Role.VERIFIER])
def test_only_an_operator_of_the_agency_extends(role):
    call = CallFactory(published=True)

    with pytest.raises(PermissionDenied):
        extend(call, by=member(role, call.agency.body))
    with pytest.raises(PermissionDenied):
        extend(call, by=member(Role.OPERATOR))

    assert not call.extensions.exists()


def test_the_database_keeps_an_extension_as_it_was():
    extension = ExtensionFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        Extension.objects.filter(pk=extension.pk).update(reason="Otra.")
    with pytest.raises(DatabaseError), transaction.atomic():
        extension.delete()


# What depends on the close


def test_what_arrives_a_second_after_the_former_cutoff_is_received_once_it_was_extended():
    first = ApplicationFactory(complete=True)
    second = ApplicationFactory(call=first.call, complete=True)
    call, late = first.call, first.call.closes_at + timedelta(seconds=1)

    with pytest.raises(applications.CannotSubmit):
        applications.submit(first, by=representative_of(first.organization), at=late)
    extensions.extend(call, call.closes_at + timedelta(days=1), reason=REASON, by=desk_of(call))
    received = applications.submit(second, by=representative_of(second.organization), at=late)

    assert received.received_at == late


def test_the_reception_is_sealed_at_the_new_close_and_not_before():
    call = CallFactory(published=True)
    extend(call)

    with pytest.raises(calls.CannotSeal):
        calls.seal(call, at=CLOSE)
    sealed = calls.seal(call, at=TENTH + timedelta(minutes=1))

    assert sealed.actual_dates.get(milestone="call_closed").on == date(2026, 4, 10)
    assert next(p for p in ledger.of(sealed, at=TENTH) if p.milestone == "call_closed").is_kept


# Who is told, and what is shown


def test_whoever_began_or_sent_an_application_is_told_with_both_dates_and_the_reason():
    call = CallFactory(published=True)
    draft = begun(call, drafter=True)

    extend(call)

    told = Notice.objects.filter(kind="call.extended")
    assert {notice.to for notice in told} == {
        membership.user for membership in draft.organization.body.memberships.all()
    }
    assert {notice.link for notice in told} == {draft.get_absolute_url()}
    body = told.first().body
    assert "10 de abril de 2026" in body
    assert "31 de marzo de 2026" in body
    assert REASON in body


def test_nobody_else_is_told():
    call = CallFactory(published=True)
    begun(CallFactory(publication=published_rules(), published=True))

    extend(call)

    assert not Notice.objects.filter(kind="call.extended").exists()


def test_the_announcement_is_rendered_again_and_the_earlier_one_is_superseded(client):
    call = CallFactory(published=True)
    earlier = Rendering.objects.of("announcement", call.folio).current().get()
    renderings.render(earlier)

    extend(call)

    earlier.refresh_from_db()
    newer = Rendering.objects.of("announcement", call.folio).current().get()
    assert earlier.superseded_by == newer
    assert "Sustituido" in client.get(reverse("documents:verification", args=[earlier.code])).text


def test_the_page_the_calendar_and_the_api_say_both_dates(client):
    call = CallFactory(published=True)
    extend(call, authority=GRANTED)

    page = client.get(call.get_absolute_url()).text
    feed = client.get(reverse("calls:call_calendar", args=[call.folio])).content
    row = client.get(f"/api/v1/calls/{call.folio}/").json()
    dates = client.get("/api/v1/milestones/", {"call": call.folio, "milestone": "call_closed"}).json()

    assert "</span>31 de marzo de 2026, 23:59 h" in page.replace("\n", "")
    assert REASON in page
    assert "Acuerdo 12/2026" in page
    close = next(e for e in Calendar.from_ical(feed).walk("VEVENT") if "call_closed" in e["uid"])
    assert (close["sequence"], close.decoded("dtstart")) == (1, TENTH)
    assert row["last_minute"] == "2026-04-11T05:59:00+00:00"
    assert row["extensions"][0]["former_last_minute"] == "2026-04-01T05:59:00+00:00"
    assert [(one["planned"], one["in_force"]) for one in dates["results"]] == [
        ("2026-03-31", False),
        ("2026-04-10", True),
    ]


# The screens


@pytest.fixture
def desk(client):
    """A call that receives applications now, and its operator signed in."""
    call = open_call()
    client.force_login(operator_of(call))
    return call


def asked(call, days=10, **said):
    """A close so many days later, as it is typed."""
    last = timezone.localtime(call.closes_at - timedelta(minutes=1), MEXICO) + timedelta(days=days)
    return {"closes_on": last.date().isoformat(), "closes_time": "23:59"} | said


def page_of(call):
    return reverse("calls:extend", args=[call.folio])


def test_the_screen_says_what_moves_and_who_will_be_written_to_before_the_press(client, desk):
    begun(desk, drafter=True, at=None)

    page = client.get(page_of(desk), asked(desk)).text

    assert "Se escribirá a 2 personas" in page
    assert "1 organización que aún no envía su solicitud" in page
    assert "5 días hábiles después de" in page
    assert not Extension.objects.exists()


def test_the_name_of_whoever_has_not_sent_is_not_shown(client, desk):
    draft = begun(desk, at=None)

    page = client.get(page_of(desk), asked(desk)).text

    assert str(draft.organization) not in page


def test_the_operator_extends_with_the_reason_and_once_however_often_it_is_pressed(client, desk):
    key = client.get(page_of(desk), asked(desk)).context["idempotency_key"]
    said = asked(desk, reason=REASON, idempotency_key=key)

    answers = [client.post(page_of(desk), said) for _press in range(2)]

    assert {one["Location"] for one in answers} == {reverse("calls:cockpit", args=[desk.folio])}
    assert desk.extensions.count() == 1


def test_what_was_typed_stays_when_it_is_refused(client, desk):
    response = client.post(page_of(desk), asked(desk, 21, reason=REASON, authority="Titular"))

    assert response.status_code == 422
    assert REASON in response.text
    assert "diga quién lo autorizó y dónde se publicó" in response.text
    assert not Extension.objects.exists()


def test_after_the_close_the_screen_offers_no_form(client):
    call = CallFactory(sealed=True)
    client.force_login(operator_of(call))

    response = client.get(page_of(call))

    assert response.status_code == 409
    assert 'class="form"' not in response.text


def test_the_cockpit_offers_the_extension_only_while_it_can_be_done(client, desk):
    cockpit = reverse("calls:cockpit", args=[desk.folio])

    assert page_of(desk) in client.get(cockpit).text
    with time_machine.travel(desk.closes_at, tick=True):
        assert page_of(desk) not in client.get(cockpit).text


@pytest.mark.parametrize(("role", "status"), [(Role.HEAD, 403), (Role.EDITOR, 403), (None, 403)])
def test_who_may_not_extend_is_told_why(client, role, status):
    call = CallFactory(published=True)
    client.force_login(member(role, call.agency.body) if role else UserFactory())

    assert client.get(page_of(call)).status_code == status
    assert client.post(page_of(call), asked(call, reason=REASON)).status_code == status
    assert not Extension.objects.exists()


def test_an_explicit_time_is_for_the_demo_and_the_tests(settings):
    call = CallFactory(published=True)
    settings.ACCEPT_EXPLICIT_TIME = False

    with pytest.raises(acts.ExplicitTimeRefused):
        extend(call)
    assert Call.objects.get(pk=call.pk).closes_at == CLOSE


def test_a_promise_of_an_extended_call_is_changed_from_where_it_stands():
    call = CallFactory(published=True)
    extend(call, TWENTIETH)

    promises.change_date(
        call, "ruling", date(2026, 4, 29), reason="Otra sesión.", by=operator_of(call), at=MARCH
    )

    assert dates_of(call)["ruling"] == (date(2026, 4, 29), [date(2026, 4, 24), date(2026, 4, 27)])


def test_whoever_sent_is_told_too():
    application = ApplicationFactory(submitted=True)
    call = application.call

    extensions.extend(call, call.closes_at + timedelta(days=1), reason=REASON, by=desk_of(call))

    told = Notice.objects.filter(kind="call.extended")
    assert {notice.link for notice in told} == {application.get_absolute_url()}
