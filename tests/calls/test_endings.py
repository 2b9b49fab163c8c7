"""A call that does not go on: cancelled before its results, or void; reasoned, published, told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from accounts.acts import ActNotPossible, sealed_digest
from accounts.models import Notice, Role, TrailEntry, TrailSalt
from calls import ledger, promised, states
from calls.actions import answers, applications, calls, desk, endings, extensions, promises, withdrawing
from calls.actions.endings import CallEnded, CannotEnd
from calls.models import Call
from calls.states import ApplicationState, CallState
from documents.models import Rendering
from tests.factories.accounts import UserFactory, member
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    OrganizationFactory,
    representative_of,
)
from tests.factories.applications import operator_of as desk_of
from tests.factories.calls import CLOSE, CallFactory, operator_of
from tests.harness.racing import race

pytestmark = pytest.mark.django_db

REASON = "El presupuesto del programa se redujo a cero."
BASIS = "Numeral 12 de las Reglas de Operación"
AFTER = CLOSE + timedelta(minutes=1)


def head_of(call):
    return member(Role.HEAD, call.agency.body)


def cancel(call, *, by=None, at=None, reason=REASON, basis=BASIS):
    return endings.cancel(call, reason=reason, basis=basis, by=by or head_of(call), at=at)


def declare_void(call, *, by=None, at=None, reason="Nadie cumplió los requisitos.", basis=BASIS):
    return endings.declare_void(call, reason=reason, basis=basis, by=by or head_of(call), at=at)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


# The acts


@pytest.mark.parametrize("until", ["published", "sealed"])
def test_a_call_is_cancelled_before_its_results_with_its_reason_and_basis(until):
    call = CallFactory(until=until)
    head = head_of(call)

    cancelled = cancel(call, by=head, at=AFTER)

    assert (cancelled.state, cancelled.ended_at, cancelled.ended_by) == (CallState.CANCELLED, AFTER, head)
    assert (cancelled.ended_reason, cancelled.ended_basis) == (REASON, BASIS)
    entry = TrailEntry.objects.about(call).get(act="call.cancel")
    assert (entry.from_state, entry.to_state, entry.by) == (until, "cancelled", head)


def test_the_trail_seals_why_it_ended():
    call = cancel(CallFactory(published=True), at=AFTER)
    entry = TrailEntry.objects.about(call).get(act="call.cancel")
    salt = TrailSalt.objects.get(entry=entry).salt
    fields = states.CANCEL_CALL.sealed_fields

    before = sealed_digest(call, fields, salt)
    Call.objects.filter(pk=call.pk).update(ended_reason="Otra.")

    assert before == entry.digest
    assert sealed_digest(call, fields, salt) != entry.digest


@pytest.mark.parametrize("until", ["draft", "released"])
def test_a_draft_and_a_call_with_results_are_not_cancelled(until):
    call = CallFactory(until=until)

    with pytest.raises(CannotEnd):
        cancel(call, at=AFTER + timedelta(days=60))

    assert fresh(call).state == until


@pytest.mark.parametrize(("reason", "basis", "field"), [(" ", BASIS, "reason"), (REASON, " ", "basis")])
def test_without_reason_or_basis_nothing_ends(reason, basis, field):
    call = CallFactory(sealed=True)

    for act in (cancel, declare_void):
        with pytest.raises(CannotEnd) as refusal:
            act(call, reason=reason, basis=basis, at=AFTER)
        assert refusal.value.field == field
    assert fresh(call).state == CallState.SEALED


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HEAD])
def test_nobody_but_the_head_of_the_agency_ends_a_call(role):
    call = CallFactory(sealed=True)
    person = member(role, call.agency.body)

    for act in (cancel, declare_void):
        with pytest.raises(PermissionDenied):
            act(call, by=person, at=AFTER)
        with pytest.raises(PermissionDenied):
            act(call, by=member(Role.HEAD), at=AFTER)
    assert fresh(call).state == CallState.SEALED


def test_a_call_to_which_nobody_applied_is_declared_void():
    call = declare_void(CallFactory(sealed=True), at=AFTER)

    assert (call.state, call.ended_basis) == (CallState.VOID, BASIS)
    assert TrailEntry.objects.about(call).get(act="call.void").from_state == "sealed"


def closed(application):
    """Its reception over and sealed, without waiting for it."""
    Call.objects.filter(pk=application.call_id).update(
        state=CallState.SEALED, sealed_at=application.started_at
    )
    return fresh(application.call)


@pytest.mark.parametrize(
    ("state", "is_void"),
    [
        (ApplicationState.DRAFT, True),
        (ApplicationState.WITHDRAWN, True),
        (ApplicationState.SUBMITTED, False),
        (ApplicationState.ADMITTED, False),
    ],
)
def test_a_sealed_call_is_void_only_when_nobody_is_left_in_it(state, is_void):
    application = ApplicationFactory(submitted=state == "submitted", admitted=state == "admitted")
    if state == "withdrawn":
        withdrawing.withdraw(application, by=representative_of(application.organization))
    call = closed(application)

    assert bool(endings.why_not_void(call)) is not is_void


@pytest.mark.parametrize(("awarded", "is_void"), [(False, True), (True, False)])
def test_after_the_results_a_call_is_void_only_when_nobody_was_chosen(awarded, is_void):
    application = ApplicationFactory(admitted=True)
    act = applications.award if awarded else applications.decline
    act(application, by=UserFactory(), **({"amount": 1000} if awarded else {}))
    Call.objects.filter(pk=application.call_id).update(
        state="released", sealed_at=application.started_at, released_at=application.started_at
    )
    call = fresh(application.call)

    if not is_void:
        with pytest.raises(CannotEnd):
            declare_void(call)
        return
    assert declare_void(call).has_results


def test_a_published_call_is_not_void():
    with pytest.raises(CannotEnd):
        declare_void(CallFactory(published=True), at=AFTER)


# What no longer goes on


@pytest.fixture
def cancelled():
    """A cancelled call with a draft, one sent and one asked to correct."""
    call = OpenCallFactory()
    draft = ApplicationFactory(call=call)
    sent = ApplicationFactory(call=call, submitted=True)
    prevented = ApplicationFactory(call=call, prevented=True)
    cancel(call)
    return {"draft": fresh(draft), "sent": fresh(sent), "prevented": fresh(prevented), "call": fresh(call)}


def test_applications_keep_their_state_and_nothing_of_them_goes_on(cancelled):
    call, rita = cancelled["call"], desk_of(cancelled["call"])
    draft, sent, prevented = cancelled["draft"], cancelled["sent"], cancelled["prevented"]
    requirement = desk.required(sent)[0]

    with pytest.raises(applications.CannotSubmit, match="cancel"):
        applications.submit(draft, by=representative_of(draft.organization))
    organization = OrganizationFactory()
    with pytest.raises(applications.CannotStart):
        applications.start(call, organization, by=representative_of(organization))
    with pytest.raises(answers.CannotSave):
        answers.save_answers(draft, {}, by=representative_of(draft.organization))
    with pytest.raises(answers.CannotSave, match="cancel"):
        answers.save_answers(prevented, {}, by=representative_of(prevented.organization))
    for act in (
        lambda: desk.check(sent, requirement, outcome="met", by=rita),
        lambda: desk.admit(sent, by=rita),
        lambda: desk.prevent(sent, [], by=rita),
        lambda: desk.discard(prevented, reason="No.", by=rita),
        lambda: applications.correct(prevented, by=representative_of(prevented.organization)),
        lambda: cancel(call),
        lambda: declare_void(call),
    ):
        with pytest.raises(CallEnded, match="cancel"):
            act()
    assert [fresh(one).state for one in (draft, sent, prevented)] == ["draft", "submitted", "prevented"]


def test_a_cancelled_call_is_neither_sealed_extended_nor_promised():
    call = cancel(CallFactory(published=True), at=CLOSE - timedelta(days=3))

    with pytest.raises(ActNotPossible):
        calls.seal(call, at=AFTER)
    with pytest.raises(extensions.CannotExtend):
        extensions.extend(
            call, CLOSE + timedelta(days=2), reason="x", by=operator_of(call), at=CLOSE - timedelta(days=2)
        )
    with pytest.raises(ActNotPossible):
        promises.change_date(call, "ruling", CLOSE.date(), reason="x", by=operator_of(call), at=AFTER)


def test_what_was_not_overdue_when_it_ended_is_not_overdue_ever_after():
    call = cancel(CallFactory(published=True), at=CLOSE - timedelta(days=3))

    late = [row for row in ledger.of(call, at=CLOSE + timedelta(days=300)) if row.status == "overdue"]

    assert late == []
    assert [row.milestone for row in promised.in_force()] == ["call_issued"]


# Who is told, and what is shown


def test_whoever_began_or_sent_is_told_why_with_the_address_of_their_own(cancelled):
    told = Notice.objects.filter(kind="call.cancelled")

    assert {notice.link for notice in told} == {
        cancelled[name].get_absolute_url() for name in ("draft", "sent", "prevented")
    }
    assert all(REASON in notice.body and BASIS in notice.body for notice in told)


@pytest.mark.parametrize("which", ["draft", "sent", "prevented"])
def test_the_pages_of_an_application_say_that_it_does_not_go_on(client, cancelled, which):
    application = cancelled[which]
    client.force_login(representative_of(application.organization))

    page = client.get(application.get_absolute_url()).text
    mine = client.get(reverse("calls:my_applications")).text

    assert "Esta convocatoria se canceló" in page
    assert REASON in page
    assert "La convocatoria se canceló: la solicitud no sigue" in page
    assert "La convocatoria se canceló: la solicitud no sigue" in mine


def test_the_desk_offers_no_decision(client, cancelled):
    sent = cancelled["sent"]
    client.force_login(desk_of(cancelled["call"]))

    page = client.get(reverse("calls:desk_application", args=[sent.public_id])).text

    assert REASON in page
    for name in ("desk_discard", "desk_prevention", "desk_admit_one"):
        assert reverse(f"calls:{name}", args=[sent.public_id]) not in page


def test_the_public_page_the_list_the_calendar_the_pdf_and_the_api_say_it(client):
    call = CallFactory(published=True)
    earlier = Rendering.objects.of("announcement", call.folio).current().get()
    cancel(call, at=CLOSE - timedelta(days=3))

    page = client.get(call.get_absolute_url()).text
    listed = [client.get("/convocatorias/", {"state": state}).text for state in ("cancelled", "void", "open")]
    feed = client.get(reverse("calls:call_calendar", args=[call.folio])).content
    row = client.get("/api/v1/calls/", {"status": "cancelled"}).json()["results"][0]

    assert REASON in page
    assert BASIS in page
    assert [call.folio in one for one in listed] == [True, False, False]
    events = {str(e["uid"]).split(".")[1]: e for e in Calendar.from_ical(feed).walk("VEVENT")}
    assert events["ruling@armoniza"]["status"] == "CANCELLED"
    assert events["ruling@armoniza"]["sequence"] == 1
    assert "status" not in events["call_issued@armoniza"]
    assert (row["state"], row["phase"], row["ended_reason"]) == ("cancelled", "cancelled", REASON)
    earlier.refresh_from_db()
    assert REASON in earlier.superseded_by.content


# The screens


@pytest.mark.parametrize(("name", "until"), [("cancel", "published"), ("void", "sealed")])
def test_the_head_ends_a_call_from_its_screen_and_is_told_when_it_cannot_be(client, name, until):
    call = CallFactory(until=until)
    client.force_login(head_of(call))
    page, cockpit = (reverse(f"calls:{one}", args=[call.folio]) for one in (name, "cockpit"))

    assert page in client.get(cockpit).text
    assert "Fundamento legal" in client.get(page).text
    assert client.post(page, {"reason": REASON}).status_code == 422
    assert client.post(page, {"reason": REASON, "basis": BASIS})["Location"] == cockpit
    again = client.post(page, {"reason": REASON, "basis": BASIS})

    assert again.status_code == 409
    assert REASON in again.text
    assert 'class="form"' not in again.text
    assert page not in client.get(cockpit).text


def test_the_screen_says_who_will_be_written_to(client):
    application = ApplicationFactory(submitted=True)
    client.force_login(head_of(application.call))

    page = client.get(reverse("calls:cancel", args=[application.call.folio])).text

    assert "Se escribirá a 2 personas" in page
    assert str(application.organization) in page


@pytest.mark.parametrize("name", ["cancel", "void"])
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR, None])
def test_who_is_not_its_head_is_told_so(client, name, role):
    call = CallFactory(sealed=True)
    client.force_login(member(role, call.agency.body) if role else UserFactory())
    page = reverse(f"calls:{name}", args=[call.folio])

    assert (client.get(page).status_code, client.post(page).status_code) == (403, 403)


# Races


@pytest.mark.django_db(transaction=True)
def test_of_eight_heads_that_cancel_one_does():
    call = CallFactory(sealed=True)
    ines = head_of(call)

    results = race(lambda _n: cancel(fresh(call), by=ines, at=AFTER))

    assert sum(isinstance(one, Call) for one in results) == 1
    assert sum(isinstance(one, CallEnded) for one in results) == 7
    assert TrailEntry.objects.about(call).filter(act="call.cancel").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_cancelling_and_declaring_void_one_wins():
    call = CallFactory(sealed=True)
    ines = head_of(call)

    race(lambda n: (cancel if n % 2 else declare_void)(fresh(call), by=ines, at=AFTER))

    assert TrailEntry.objects.about(call).filter(act__in=["call.cancel", "call.void"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_submission_that_races_with_the_cancellation_comes_before_it_or_is_refused():
    application = ApplicationFactory(complete=True)
    call = application.call
    ana, ines = representative_of(application.organization), head_of(call)

    def press(number):
        if number:
            return cancel(fresh(call), by=ines)
        return applications.submit(fresh(application), by=ana)

    submitted, ended = race(press, threads=2)

    assert isinstance(ended, Call)
    assert fresh(call).state == CallState.CANCELLED
    refused = isinstance(submitted, applications.CannotSubmit)
    assert (fresh(application).state == "draft") == refused
