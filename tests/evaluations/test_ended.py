"""In a call that was cancelled no evaluation goes on: acts refuse, pages say why and offer no form."""

import pytest
from django.urls import reverse

from accounts.acts import ActNotPossible
from calls.actions import endings
from calls.actions.endings import CallEnded
from evaluations.actions import committees, conflicts, releasing, reviews, rulings, sessions
from evaluations.models import Assignment, Review
from evaluations.states import ReviewState
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import evaluation, fill

pytestmark = pytest.mark.django_db

REASON = "El presupuesto se redujo a cero."


def cancelled(until):
    """An evaluation played up to a step, and its call cancelled by the head of the agency."""
    played = evaluation(until)
    played.call = endings.cancel(played.call, reason=REASON, basis="Numeral 12", by=played.head)
    return played


def address(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def test_nobody_is_appointed_declares_or_is_given_a_file():
    played = cancelled("declare")

    with pytest.raises(committees.CannotAppoint):
        committees.add_evaluator(played.call, UserFactory(), by=played.operator)
    with pytest.raises(conflicts.CannotDeclare):
        conflicts.declare(played.call, by=played.evaluators[0])
    with pytest.raises(reviews.CannotAssign):
        reviews.distribute(played.call, by=played.operator)
    with pytest.raises(sessions.CannotConvene):
        played.convene()


def test_no_review_is_saved_handed_in_or_reopened():
    played = evaluation("distribute")
    first, second = Assignment.objects.of_call(played.call).order_by("pk")[:2]
    fill(first.review)
    reviews.hand_in(first.review, by=first.evaluator)
    fill(second.review)
    endings.cancel(played.call, reason=REASON, basis="Numeral 12", by=played.head)

    with pytest.raises(CallEnded):
        reviews.save(second.review, {}, by=second.evaluator)
    with pytest.raises(CallEnded):
        reviews.hand_in(second.review, by=second.evaluator)
    with pytest.raises(reviews.CannotReopen):
        reviews.reopen(Review.objects.get(pk=first.review.pk), by=played.chair, reason="Un error.")
    assert Review.objects.get(pk=second.review.pk).state == ReviewState.DRAFT


def test_no_session_is_opened():
    played = cancelled("convene")

    with pytest.raises(CallEnded):
        played.open()


def test_nobody_votes_drafts_or_issues_a_ruling():
    played = evaluation("vote")
    rulings.propose_all(played.session, by=played.secretary)
    application = played.applications[0]
    endings.cancel(played.call, reason=REASON, basis="Numeral 12", by=played.head)

    for act in (
        lambda: sessions.vote(played.session, application, "award", by=played.chair),
        lambda: rulings.draft(played.session, application, by=played.secretary, outcome="awarded"),
        lambda: rulings.propose_all(played.session, by=played.secretary),
        lambda: rulings.issue_all(played.session, by=played.chair),
    ):
        with pytest.raises(CallEnded):
            act()


def test_no_results_are_released():
    played = cancelled("close")

    with pytest.raises(ActNotPossible):
        releasing.release(played.call, by=played.head)
    played.call.refresh_from_db()
    assert played.call.state == "cancelled"


@pytest.mark.parametrize("name", ["add_evaluator", "convene"])
def test_the_page_of_an_act_says_why_and_offers_no_form(client, name):
    played = cancelled("score")
    client.force_login(played.operator if name == "add_evaluator" else played.chair)

    shown = client.get(address(name, played.call.folio))

    assert shown.status_code == 409
    assert REASON in shown.text
    assert 'class="form"' not in shown.text


def test_the_evaluator_reads_why_and_writes_no_more(client):
    played = cancelled("distribute")
    assignment = Assignment.objects.of_call(played.call).first()
    client.force_login(assignment.evaluator)

    page = client.get(assignment.get_absolute_url()).text
    saved = client.post(address("autosave", assignment.alias), {})
    handed = client.post(address("hand_in", assignment.alias))

    assert REASON in page
    assert "data-autosave" not in page
    assert saved.status_code == 409
    assert "cancel" in saved.json()["message"]
    assert handed.status_code == 302


def test_the_committee_reads_why_in_the_session_and_is_offered_nothing(client):
    played = cancelled("vote")
    client.force_login(played.chair)

    page = client.get(played.session.get_absolute_url()).text
    coordination = client.get(address("coordination", played.call.folio)).text

    assert REASON in page
    assert REASON in coordination
    for name in ("vote_all", "propose_all", "issue_all", "close_session"):
        assert address(name, played.session.folio) not in page
    for name in ("convene", "distribute", "add_evaluator"):
        assert address(name, played.call.folio) not in coordination
