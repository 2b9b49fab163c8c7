"""A ruling stands on reviews that are all in and give the total it says, and on no others afterwards."""

import pytest

from evaluations import scorecards
from evaluations.actions import conflicts, draws, reviews, rulings
from evaluations.models import Assignment, Ruling
from tests.factories.evaluations import evaluation, fill
from tests.invariants import BUILT_IN_ONE_STATEMENT, assert_invariants_hold

pytestmark = pytest.mark.django_db
WHY = {"reasons": "Cumple.", "legal_basis": "Componente 9."}


def review_of(application):
    return Assignment.objects.active().filter(application=application).order_by("pk").first().review


def drafted(played, application, outcome="award"):
    return rulings.draft(
        played.session, application, by=played.chair, outcome=outcome, departure_reason="Así se votó.", **WHY
    )


def test_it_is_not_signed_while_a_review_is_being_scored_again():
    played = evaluation("vote")
    application = played.applications[0]
    ruling, review = drafted(played, application), review_of(application)
    reviews.reopen(review, by=played.chair, reason="Leyó otro documento.")

    with pytest.raises(rulings.CannotRule, match="Faltan evaluaciones por entregar"):
        rulings.issue(ruling, by=played.chair)


def test_scores_that_changed_after_the_draft_have_it_drafted_again():
    played = evaluation("vote")
    application = played.applications[0]
    ruling, review = drafted(played, application), review_of(application)
    reviews.reopen(review, by=played.chair, reason="Leyó otro documento.")
    reviews.hand_in(fill(review, 1), by=review.assignment.evaluator)

    with pytest.raises(rulings.CannotRule, match="cambiaron después de redactar"):
        rulings.issue(ruling, by=played.chair)
    signed = rulings.issue(drafted(played, application), by=played.chair)

    assert (signed.state, signed.total) == ("sealed", 75)


def test_a_place_that_changed_with_another_files_scores_has_it_drafted_again():
    """The first file falls behind the second, whose own scores are what they were."""
    played = evaluation("vote")
    first, second = played.applications[:2]
    ruling = drafted(played, second)
    for assignment in Assignment.objects.active().filter(application=first):
        reviews.reopen(assignment.review, by=played.chair, reason="Leyó otro documento.")
        reviews.hand_in(fill(assignment.review, 0), by=assignment.evaluator)

    with pytest.raises(rulings.CannotRule, match="Su lugar cambió"):
        rulings.issue(ruling, by=played.chair)
    signed = rulings.issue(drafted(played, second), by=played.chair)

    assert (signed.total, signed.rank) == (ruling.total, 1)


def test_an_evaluator_who_leaves_before_it_is_signed_leaves_it_unsigned():
    played = evaluation("vote")
    application = played.applications[0]
    ruling, assignment = drafted(played, application), review_of(application).assignment
    conflicts.recuse(assignment, by=assignment.evaluator, kind="friendship")

    with pytest.raises(rulings.CannotRule, match="Faltan evaluaciones por entregar"):
        rulings.issue(ruling, by=played.chair)


@pytest.mark.parametrize("until", ["rule", "release"])
def test_a_conflict_that_is_told_afterwards_hides_the_file_and_leaves_its_scores(until):
    played = evaluation(until, evaluators=4)
    application = played.applications[0]
    assignment = review_of(application).assignment
    before = scorecards.points_by_criterion(played.call)

    conflicts.recuse(assignment, by=assignment.evaluator, kind="friendship")

    assert not Assignment.objects.visible_to(assignment.evaluator).filter(application=application).exists()
    assert Assignment.objects.active().filter(application=application).count() == 2
    assert scorecards.points_by_criterion(played.call) == before
    assert Ruling.objects.get(application=application).total == 100
    assert_invariants_hold(besides=BUILT_IN_ONE_STATEMENT)


def test_what_was_ruled_on_is_not_drawn_again():
    played = evaluation("rule", evaluators=4)
    assignment = review_of(played.applications[0]).assignment
    conflicts.recuse(assignment, by=assignment.evaluator, kind="friendship")
    draws.commit(played.call, by=played.operator)

    with pytest.raises(reviews.CannotAssign, match="no hay nada que sortear"):
        reviews.distribute(played.call, by=played.operator)
