"""After the results an act is not offered any more: its page says why, and the act itself refuses."""

import pytest
from django.urls import reverse

from accounts.models import TrailEntry
from evaluations.models import Assignment, CommitteeMember, Session
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import evaluation

pytestmark = pytest.mark.django_db

COMMITTEE_CLOSED = "El comité se nombra entre la publicación de la convocatoria y sus resultados."
RULED_ON = "Su solicitud ya tiene dictamen: la evaluación queda como se entregó."


@pytest.fixture
def released():
    return evaluation("release")


def address(name, played, *args):
    return reverse(f"evaluations:{name}", args=[played.call.folio, *args])


def seat_of(played):
    return CommitteeMember.objects.filter(committee=played.call.committee).first().seat.key


def of_the_committee(played):
    person = UserFactory(email="nadia@demo.example").email
    said = {"person": person, "how_chosen": "Invitación", "reason": "Renunció", "seat": seat_of(played)}
    return [
        (address("appoint", played), said),
        (address("replace", played, seat_of(played)), said),
        (address("add_evaluator", played), said),
        (address("remove_evaluator", played, played.evaluators[0].public_id), said),
    ]


def test_nobody_is_appointed_replaced_added_or_removed_after_the_results(client, released):
    client.force_login(released.operator)
    before = TrailEntry.objects.count()

    for page, said in of_the_committee(released):
        shown, pressed = client.get(page), client.post(page, said)
        assert (shown.status_code, pressed.status_code) == (409, 409)
        assert COMMITTEE_CLOSED in shown.text
        assert 'class="form"' not in shown.text
        assert address("coordination", released) in shown.text
    assert TrailEntry.objects.count() == before


def test_a_review_whose_application_was_ruled_on_is_not_reopened(client, released):
    client.force_login(released.chair)
    assignment = Assignment.objects.of_call(released.call).first()
    page = address("reopen", released, assignment.alias)

    shown, pressed = client.get(page), client.post(page, {"reason": "Un error"})

    assert (shown.status_code, pressed.status_code) == (409, 409)
    assert RULED_ON in shown.text
    assignment.review.refresh_from_db()
    assert assignment.review.state == "handed_in"
    assert page not in client.get(address("reviews", released)).text


def test_a_review_without_a_ruling_is_offered_to_be_reopened(client):
    played = evaluation("score")
    client.force_login(played.chair)
    page = address("reopen", played, Assignment.objects.of_call(played.call).first().alias)

    assert page in client.get(address("reviews", played)).text
    assert client.get(page).status_code == 200


def test_the_committee_is_not_convened_after_the_results(client, released):
    client.force_login(released.chair)
    before = Session.objects.count()

    shown = client.get(address("convene", released))
    pressed = client.post(
        address("convene", released), {"scheduled_for": "2027-01-02T10:00", "place": "Sala"}
    )

    assert (shown.status_code, pressed.status_code) == (409, 409)
    assert Session.objects.count() == before


def test_the_coordination_offers_nothing_that_is_refused(client, released):
    client.force_login(released.operator)

    page = client.get(address("coordination", released)).text

    for name in ("add_evaluator", "distribute", "assign", "convene"):
        assert address(name, released) not in page


def test_the_release_says_when_the_results_were_released(client, released):
    client.force_login(released.head)

    page = client.get(address("release", released)).text

    assert "Los resultados son públicos" in page
    assert address("call_results", released) in page
    assert "todavía no se pueden publicar" not in page
