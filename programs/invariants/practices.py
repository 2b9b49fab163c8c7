"""What must hold of good practices: what was declared, answered and kept of each, and how it was rated."""

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from jobs.soundness import CHUNK, invariant, out_of_sequence
from programs.models import Assessment, AssessmentVersion, HarmonyDay, Rating, RatingMark
from programs.states import RatingState

ANSWERED = (Assessment.Review.CONFIRMED, Assessment.Review.CONTESTED)


@invariant
def histories_of_practices_are_numbered_without_holes():
    """What was said of a practice in an edition is numbered from one, without holes."""
    return out_of_sequence(AssessmentVersion.objects.all(), "edition", "practice__code")


@invariant
def assessments_stand_as_was_said_last():
    """An assessment has the verdict that was said last of that practice in that edition."""
    said = AssessmentVersion.objects.filter(
        edition=OuterRef("edition"), practice__code=OuterRef("practice__code")
    )
    last = Subquery(said.order_by("-number").values("verdict")[:1])
    found = Assessment.objects.order_by().annotate(said_last=last)
    return found.filter(~Q(verdict=F("said_last")), said_last__isnull=False)


@invariant
def answers_of_planning_say_who_and_when():
    """What planning answered to an assessment says who answered and when, and why where it objects."""
    whose = Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
    objection = Q(review=Assessment.Review.CONTESTED, review_note="")
    return Assessment.objects.order_by().filter(review__in=ANSWERED).filter(~whose | objection)


@invariant
def nobody_answers_their_own_assessment():
    """Who declared what an edition does about a practice is not who answers for planning."""
    answered = Assessment.objects.order_by().filter(review__in=ANSWERED)
    return answered.filter(reviewed_by=F("assessed_by"))


@invariant
def days_of_harmony_add_up():
    """How the practices stood on a day adds up to all that count."""
    for day in HarmonyDay.objects.order_by().iterator(CHUNK):
        if sum(day.counts.values()) != day.cells or day.counts.get("adopted", 0) != day.adopted:
            yield day


@invariant
def ratings_add_up():
    """A rating that was handed in gives the sum of its marks, of the most that they could give."""
    marks = RatingMark.objects.order_by().filter(rating=OuterRef("pk")).values("rating")
    found = Rating.objects.order_by().filter(state=RatingState.HANDED_IN).annotate(
        given=Coalesce(Subquery(marks.annotate(n=Sum("points")).values("n")), 0),
        most=Coalesce(Subquery(marks.annotate(n=Sum("criterion__max_points")).values("n")), 0),
    )  # fmt: skip
    return found.exclude(points=F("given"), out_of=F("most"))


@invariant
def marks_give_the_points_of_their_level():
    """A mark gives the points that its level has in the rubric."""
    points = {"absent": Q(points=0), "partial": Q(points=F("criterion__partial_points"))}
    points["complete"] = Q(points=F("criterion__max_points"))
    right = Q()
    for level, condition in points.items():
        right |= Q(level=level) & condition
    return RatingMark.objects.order_by().exclude(right)
