"""What may be done to form the committee, to draw who scores what, and to score it."""

from calls.models import Barred
from evaluations.actions import committees, conflicts, draws, reviews
from evaluations.models import Assignment, CommitteeMember, Draw, Review, Ruling
from programs.models import CommitteeSeat
from tests.factories.evaluations import fill
from tests.journeys.life.deed import DESK, Deed, now, seated, the_call
from tests.journeys.life.receiving import before_results
from tests.journeys.life.world import EVALUATORS, SEATS

EVALUATORS_WANTED = 2


def seats(life):
    return list(CommitteeSeat.objects.of_publication(life.call.publication_id).order_by("key"))


def is_empty(life, seat):
    taken = CommitteeMember.objects.current().filter(committee__call=life.number, seat=seat)
    return before_results(life, seat) and not taken.exists()


def appoint(life, seat, by):
    committees.appoint(life.call, seat, life.people[SEATS[seat.key]], by=by, how_chosen="Por convocatoria.")


def is_outside_the_pool(life, name):
    return before_results(life, name) and name not in life.holding("evaluator")


def who_must_not_score(life):
    """The desk, the comptroller, who chairs the committee or keeps its minutes, and who applied."""
    applied = [one.organization for one in life.applications() if one.state == "admitted"]
    theirs = {name for one in applied for name in life.of(one, "representative", "drafter")}
    return sorted({"operator", "head", "verifier", "auditor"} | theirs | life.holding("chair", "secretary"))


def bring_in(life, name, by):
    committees.add_evaluator(life.call, life.people[name], by=by)


def may_be_drawn(life, call):
    """Each file that lacks evaluators finds as many who declared and are not kept from it."""
    if call.state != "sealed" or not Draw.objects.committed().filter(call=call).exists():
        return False
    declared = set(call.conflict_declarations.filter(organization=None).values_list("user", flat=True))
    ready = {life.people[name].pk for name in life.holding("evaluator")} & declared
    lacking = [one for one in life.applications() if one.state == "admitted" and lacks(one)]
    return bool(ready and lacking) and all(len(ready - _kept_from(one)) >= lacks(one) for one in lacking)


def lacks(application):
    return max(EVALUATORS_WANTED - Assignment.objects.active().filter(application=application).count(), 0)


def _kept_from(application):
    held = Assignment.objects.filter(application=application).values_list("evaluator", flat=True)
    return {*held, *Barred.objects.filter(application=application).values_list("user", flat=True)}


COORDINATING = seated("chair", "secretary", besides=("operator", "head"))
TAKING_PART = seated("chair", "secretary", "member", "evaluator", besides=("operator", "head"))
OF_THE_COMMITTEE = [
    Deed("appoint", seats, is_empty, DESK, appoint),
    Deed("add evaluator", lambda life: EVALUATORS, is_outside_the_pool, DESK, bring_in),
    Deed("add who must not score", who_must_not_score, lambda life, name: False, DESK, bring_in),
    Deed(
        "declare", the_call, lambda life, call: call.state in ("sealed", "released"), TAKING_PART,
        lambda life, call, by: conflicts.declare(call, by=by),
    ),
    Deed(
        "commit", the_call,
        lambda life, call: before_results(life, call)
        and not Draw.objects.committed().filter(call=call).exists(),
        COORDINATING, lambda life, call, by: draws.commit(call, by=by, chosen=("1" * 64, "2" * 64)),
    ),
    Deed(
        "draw", the_call, may_be_drawn, COORDINATING,
        lambda life, call, by: reviews.distribute(call, by=by),
    ),
]  # fmt: skip


# Scores


def reviews_of(life):
    found = Review.objects.filter(assignment__application__call=life.number, assignment__withdrawn_at=None)
    return list(found.select_related("assignment__application__call", "assignment__evaluator").order_by("pk"))


def is_being_scored(life, review):
    return review.state == "draft" and life.call.state == "sealed"


def may_be_reopened(life, review):
    settled = Ruling.objects.settled().filter(application=review.assignment.application_id)
    return review.state == "handed_in" and life.call.state == "sealed" and not settled.exists()


def its_evaluator(life, review):
    name = life.name_of(review.assignment.evaluator)
    barred = Barred.objects.filter(
        user=review.assignment.evaluator, application=review.assignment.application
    )
    return set() if barred.exists() else {name} & life.holding("evaluator")


def hand_in(_life, review, by):
    """The first of those who apply are better than the last."""
    place = 1 if review.assignment.application.pk % 4 == 3 else 2
    reviews.hand_in(fill(review, place, by=by), by=by, at=now())


def recuse(_life, review, by):
    conflicts.recuse(review.assignment, by=by, kind="friendship")


OF_SCORES = [
    Deed("hand in", reviews_of, is_being_scored, its_evaluator, hand_in),
    Deed("recuse", reviews_of, lambda life, review: True, its_evaluator, recuse),
    Deed(
        "reopen", reviews_of, may_be_reopened, seated("chair"),
        lambda life, review, by: reviews.reopen(review, by=by, reason="Un nivel mal leído."),
    ),
]  # fmt: skip
