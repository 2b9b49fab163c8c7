"""Two people, eight threads: a hand-in and a ruling happen once, whoever presses."""

import pytest

from accounts.acts import ActNotPossible
from accounts.models import Role, TrailEntry
from evaluations import standing
from evaluations.actions import releasing, reviews, rulings, sessions
from evaluations.models import Assignment, Review, Ruling
from evaluations.states import ReviewState, RulingState
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.evaluations import evaluation, fill
from tests.harness.racing import race

pytestmark = [pytest.mark.django_db(transaction=True)]


def done_and_told(answers):
    told = [answer for answer in answers if isinstance(answer, ActNotPossible)]
    done = [answer for answer in answers if not isinstance(answer, Exception)]
    assert len(told) + len(done) == len(answers), answers
    return len(done), len(told)


def test_a_review_is_handed_in_once():
    played = evaluation("distribute")
    assignment = Assignment.objects.of_call(played.call).first()
    review, evaluator = fill(assignment.review), assignment.evaluator

    answers = race(lambda number: reviews.hand_in(Review.objects.get(pk=review.pk), by=evaluator))

    assert done_and_told(answers) == (1, 7)
    assert TrailEntry.objects.about(review).filter(act="review.hand_in").count() == 1


def test_a_save_that_comes_with_the_hand_in_changes_nothing_that_was_sealed():
    played = evaluation("distribute")
    assignment = Assignment.objects.of_call(played.call).first()
    review, evaluator = fill(assignment.review), assignment.evaluator

    def press(number):
        mine = Review.objects.get(pk=review.pk)
        if number == 0:
            return reviews.hand_in(mine, by=evaluator)
        return reviews.save(mine, {"diagnostico": {"justification": f"versión {number}"}}, by=evaluator)

    answers = race(press)
    review.refresh_from_db()

    assert review.state == ReviewState.HANDED_IN
    assert {type(a).__name__ for a in answers} <= {"Review", "CannotSave"}
    from evaluations import seals

    assert seals.broken(played.call) == []


def second_chair(played):
    """A person who may sign as well: the substitute of the chair."""
    other = UserFactory(name="Celia Ríos")
    MembershipFactory(user=other, body=played.call.committee.body, role=Role.CHAIR)
    return other


def test_a_ruling_is_issued_once_by_one_of_two_people():
    played = evaluation("vote")
    rulings.propose_all(played.session, by=played.secretary)
    ruling = Ruling.objects.in_rank_order().first()
    people = [played.chair, second_chair(played)]

    answers = race(lambda number: rulings.issue(Ruling.objects.get(pk=ruling.pk), by=people[number % 2]))

    assert done_and_told(answers) == (1, 7)
    ruling.refresh_from_db()
    assert ruling.state == RulingState.SEALED
    assert TrailEntry.objects.about(ruling).filter(act="ruling.issue").get().by_id == ruling.decided_by_id


def test_the_budget_holds_when_all_rulings_are_signed_at_once():
    played = evaluation("open", applications=8, budget=350_000)
    for person in [played.chair, *played.members]:
        for application in played.applications:
            sessions.vote(played.session, application, "award", by=person)
    drafts = [
        rulings.draft(
            played.session, application, by=played.chair, outcome="award",
            reasons="R", legal_basis="L", departure_reason="Unanimidad.",
        ).pk
        for application in played.applications
    ]  # fmt: skip

    race(lambda number: rulings.issue(Ruling.objects.get(pk=drafts[number]), by=played.chair))

    assert standing.committed(played.call) == 300_000


def test_results_are_released_once_however_often_the_button_is_pressed():
    played = evaluation("close")

    answers = race(
        lambda number: releasing.release(played.call, by=played.head, reason="Se sumó una sesión.")
    )

    assert done_and_told(answers) == (1, 7)
    assert Ruling.objects.released().count() == 3
    assert TrailEntry.objects.filter(act="call.release").count() == 1
