"""The agency's side of a call: opening, draft, publication, promises, the close."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from calls.actions import calls
from calls.models import Call
from calls.states import CallState
from tests.factories.accounts import UserFactory, member
from tests.factories.calls import CLOSE, OPENING, CallFactory, operator_of, published_rules

pytestmark = pytest.mark.django_db

MEXICO = ZoneInfo("America/Mexico_City")
BEFORE = OPENING - timedelta(days=1)
DRAFT = {
    "title": "Por la igualdad",
    "summary": "Apoyo a proyectos.",
    "topics": "igualdad",
    "budget": "500000",
    "opens_on": "2026-03-02",
    "opens_time": "09:00",
    "closes_on": "31/03/2026",
    "closes_time": "23:59",
    "short_window_authority": "",
    "short_window_reason": "",
    "short_window_reference": "",
    "date_ruling": "2026-04-28",
    "date_results_published": "2026-05-04",
}


@pytest.fixture
def at_the_desk(client):
    """A draft call and its operator signed in, two days before it would open."""
    call = CallFactory()
    client.force_login(operator_of(call))
    with time_machine.travel(BEFORE, tick=True):
        yield call


def cockpit(call, name="cockpit", *more):
    return reverse(f"calls:{name}", args=[call.folio, *more])


# Opening


def test_a_call_is_opened_once_however_often_the_button_is_pressed(client):
    publication = published_rules()
    client.force_login(operator_of(publication))
    address = reverse("calls:open", args=[publication.edition.code])
    key = client.get(address).context["idempotency_key"]

    first, second = (client.post(address, {"idempotency_key": key}) for _press in range(2))

    assert first["Location"] == second["Location"] == cockpit(Call.objects.get())


@pytest.mark.parametrize("role", [Role.HEAD, Role.EDITOR, Role.REPRESENTATIVE])
def test_who_does_not_operate_the_program_is_told_so_when_opening_a_call(client, role):
    publication = published_rules()
    body = publication.edition.program.agency.body
    client.force_login(member(role, body if role != Role.REPRESENTATIVE else None))

    response = client.get(reverse("calls:open", args=[publication.edition.code]))

    assert response.status_code == 403
    assert Call.objects.count() == 0


def test_no_call_is_opened_from_rules_that_do_not_exist(client):
    client.force_login(UserFactory())

    assert client.get("/convocatorias/abrir/ROP-NADA-2026-01/").status_code == 404


# Who sees the cockpit


def test_the_cockpit_is_the_agencys_and_a_strangers_draft_does_not_exist(client):
    draft, published = CallFactory(), CallFactory(publication=published_rules(), published=True)
    body = draft.agency.body
    answers = {}
    for name, person in {
        "operator": operator_of(draft),
        "head": member(Role.HEAD, body),
        "editor": member(Role.EDITOR, body),
        "stranger": member(Role.OPERATOR),
    }.items():
        client.force_login(person)
        answers[name] = [client.get(cockpit(call)).status_code for call in (draft, published)]

    assert answers == {
        "operator": [200, 200],
        "head": [200, 200],
        "editor": [404, 403],
        "stranger": [404, 403],
    }
    client.logout()
    assert client.get(cockpit(published)).status_code == 302


def test_the_head_reads_the_draft_and_does_not_change_it(client):
    call = CallFactory()
    client.force_login(member(Role.HEAD, call.agency.body))

    assert client.post(cockpit(call), DRAFT).status_code == 403
    assert client.get(cockpit(call, "publish")).status_code == 403
    assert client.post(cockpit(call, "seal")).status_code == 403


# The draft


def test_the_draft_is_saved_whole(client, at_the_desk):
    response = client.post(cockpit(at_the_desk), DRAFT)

    assert response.status_code == 302
    call = Call.objects.get()
    assert (call.title, call.budget, call.topics) == ("Por la igualdad", 500_000, "igualdad")
    assert (call.opens_at, call.closes_at) == (OPENING, CLOSE)
    dates = dict(call.planned_dates.values_list("milestone", "on"))
    assert (dates["ruling"], dates["results_published"]) == (date(2026, 4, 28), date(2026, 5, 4))
    assert dates["agreements_signed"] == date(2026, 5, 19)


def test_a_29_day_window_is_answered_at_its_field_and_what_was_typed_is_still_there(client, at_the_desk):
    typed = DRAFT | {"closes_on": "2026-03-30", "title": "Lo que escribí"}

    response = client.post(cockpit(at_the_desk), typed)

    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == ["closes_on"]
    assert "29" in form.errors["closes_on"][0]
    assert 'href="#id_closes_on"' in response.text
    assert "Lo que escribí" in response.text
    assert 'value="2026-03-30"' in response.text
    assert Call.objects.get().title != "Lo que escribí"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"opens_on": "2026-03-25", "closes_on": "2026-04-25"}, "opens_on"),
        ({"closes_on": "2026-04-21"}, "closes_on"),
        ({"date_results_published": "2026-05-16"}, "date_results_published"),
        ({"budget": "1000001"}, "budget"),
        ({"opens_on": ""}, "opens_on"),
        ({"closes_on": "2026-03-20", "short_window_reason": "Prisa."}, "short_window_authority"),
    ],
)
def test_what_the_rules_do_not_allow_is_answered_beside_its_entry(client, at_the_desk, typed, field):
    response = client.post(cockpit(at_the_desk), DRAFT | typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_what_the_rules_fix_or_compute_is_not_typed(client, at_the_desk):
    form = client.get(cockpit(at_the_desk)).context["form"]

    assert form.open_dates == ["date_ruling", "date_results_published"]


# Publishing


def test_publishing_says_what_becomes_public_and_then_does_it(client, at_the_desk):
    page = client.get(cockpit(at_the_desk, "publish"))
    response = client.post(cockpit(at_the_desk, "publish"))

    assert page.context["lacking"] == []
    assert 'class="confirm"' in page.text
    assert response["Location"] == at_the_desk.get_absolute_url()
    assert Call.objects.get().state == CallState.PUBLISHED
    client.logout()
    assert client.get(at_the_desk.get_absolute_url()).status_code == 200


def test_publishing_twice_is_answered_and_not_done_twice(client, at_the_desk):
    client.post(cockpit(at_the_desk, "publish"))

    again = client.post(cockpit(at_the_desk, "publish"))

    assert again.status_code == 409
    assert Call.objects.get().actual_dates.count() == 1


def test_an_incomplete_draft_shows_what_it_lacks_and_stays_a_draft(client):
    call = CallFactory(summary="")
    client.force_login(operator_of(call))

    with time_machine.travel(BEFORE, tick=True):
        page = client.get(cockpit(call, "publish"))
        response = client.post(cockpit(call, "publish"))

    assert len(page.context["lacking"]) == 1
    assert response.status_code == 409
    assert Call.objects.get().state == CallState.DRAFT


# Promises


def test_a_promise_is_changed_with_its_reason_from_its_page(client):
    call = CallFactory(published=True)
    client.force_login(operator_of(call))
    typed = {"change": "1", "change-on": "2026-04-28", "change-reason": ""}

    with time_machine.travel(OPENING, tick=True):
        refused = client.post(cockpit(call, "promise", "ruling"), typed)
        done = client.post(cockpit(call, "promise", "ruling"), typed | {"change-reason": "Una sesión más."})
        ledger = client.get(cockpit(call)).text

    assert (refused.status_code, done.status_code) == (422, 302)
    assert list(refused.context["change"].errors) == ["reason"]
    assert "<s>" in ledger
    assert "Una sesión más." in ledger


def test_a_late_milestone_is_recorded_with_its_reason(client):
    call = CallFactory(published=True)
    client.force_login(operator_of(call))
    typed = {"actual": "1", "actual-on": "2026-04-09", "actual-reason": ""}
    address = cockpit(call, "promise", "documents_delivered")

    with time_machine.travel(datetime(2026, 4, 10, 12, 0, tzinfo=MEXICO), tick=True):
        page = client.get(address)
        refused = client.post(address, typed)
        done = client.post(address, typed | {"actual-reason": "Falla del correo."})

    assert page.context["change"] is None  # its day has passed
    assert list(refused.context["actual"].errors) == ["reason"]
    assert done.status_code == 302
    assert call.actual_dates.get(milestone="documents_delivered").on == date(2026, 4, 9)


def test_the_head_reads_a_promise_and_has_no_form_for_it(client):
    call = CallFactory(published=True)
    client.force_login(member(Role.HEAD, call.agency.body))
    address = cockpit(call, "promise", "ruling")

    page = client.get(address)

    assert (page.context["change"], page.context["actual"]) == (None, None)
    assert client.post(address, {"actual": "1"}).status_code == 403
    assert client.get(cockpit(call, "promise", "nada")).status_code == 404


def test_the_reception_is_sealed_by_hand_once_its_time_is_over(client):
    call = CallFactory(published=True)
    client.force_login(operator_of(call))
    Call.objects.filter(pk=call.pk).update(closes_at=OPENING + timedelta(hours=1))

    client.post(cockpit(call, "seal"))

    call.refresh_from_db()
    assert call.state == CallState.SEALED


def test_an_open_reception_is_not_sealed_by_hand(client):
    call = CallFactory(published=True)
    Call.objects.filter(pk=call.pk).update(closes_at=datetime(2999, 1, 1, tzinfo=MEXICO))
    client.force_login(operator_of(call))

    response = client.post(cockpit(call, "seal"), follow=True)

    call.refresh_from_db()
    assert call.state == CallState.PUBLISHED
    assert "tone-wrong" in response.text


@pytest.mark.parametrize("changes", [0, 3])
def test_the_cockpit_costs_the_same_with_or_without_changes(client, django_assert_num_queries, changes):
    call = CallFactory(published=True)
    rita = operator_of(call)
    for number in range(changes):
        calls.promises.change_date(
            call, "ruling", date(2026, 4, 25 + number), reason="Otra.", by=rita, at=OPENING
        )
    client.force_login(rita)

    with django_assert_num_queries(15):
        client.get(cockpit(call))


def test_the_cockpit_leads_to_the_desk_and_to_the_evaluation(client):
    call = CallFactory(published=True)
    client.force_login(operator_of(call))

    with time_machine.travel(OPENING, tick=True):
        shown = client.get(cockpit(call)).text

    assert f'href="{reverse("calls:desk_call", args=[call.folio])}"' in shown
    assert f'href="{reverse("evaluations:coordination", args=[call.folio])}"' in shown
