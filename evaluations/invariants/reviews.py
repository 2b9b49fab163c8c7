"""What must hold of reviews and their scores, of the sample, and of files in divergence."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum, Window
from django.db.models.functions import Coalesce, Lead

from evaluations.models import (
    Assignment,
    Calibration,
    Divergence,
    EvaluationSettings,
    HandedIn,
    HandedInScore,
    Review,
    SampleReview,
    SampleScore,
    Score,
)
from evaluations.states import ReviewState
from jobs.soundness import invariant, out_of_sequence
from programs.models import Criterion

PUBLICATION = "assignment__application__call__publication"


def handed_in():
    return Review.objects.order_by().filter(state=ReviewState.HANDED_IN)


def sum_of(scores, owner):
    """The points of the scores of each owner, as seen from it."""
    own = scores.order_by().filter(**{owner: OuterRef("pk")}).values(owner)
    return Coalesce(Subquery(own.annotate(total=Sum("points")).values("total")), 0)


def count_of(rows, **filters):
    """How many rows there are of each thing, as seen from it."""
    own = rows.order_by().filter(**filters).values(*filters)
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


@invariant
def files_have_their_review():
    """Every file that was given out has its review."""
    return Assignment.objects.order_by().filter(review=None)


@invariant
def reviews_score_every_criterion():
    """A review that was handed in scores every criterion of the Rules of its call."""
    found = handed_in().annotate(
        scored=count_of(Score.objects.filter(points__isnull=False), review=OuterRef("pk")),
        asked=count_of(Criterion.objects, publication=OuterRef(PUBLICATION)),
    )
    return found.exclude(scored=F("asked"))


@invariant
def reviews_add_up():
    """The total of a review is the sum of the points of its scores."""
    return handed_in().annotate(added=sum_of(Score.objects, "review")).exclude(total=F("added"))


@invariant
def scores_are_sealed_with_their_review():
    """The scores of a review are sealed if, and only if, it was handed in."""
    is_handed_in = Q(review__state=ReviewState.HANDED_IN)
    broken = (is_handed_in & Q(is_sealed=False)) | (~is_handed_in & Q(is_sealed=True))
    return Review.objects.order_by().filter(pk__in=Score.objects.filter(broken).values("review"))


@invariant
def scores_are_of_levels_of_their_criterion():
    """A score gives the points of a level, and that is one of its criterion in the same Rules."""
    right = Q(
        level__points=F("points"),
        level__criterion_key=F("criterion__key"),
        level__publication=F("criterion__publication"),
    )
    wrong = Score.objects.order_by().filter(level__isnull=False).exclude(right)
    return Review.objects.order_by().filter(pk__in=wrong.values("review"))


@invariant
def scores_are_of_criteria_of_their_call():
    """A score is of a criterion of the Rules of its call."""
    wrong = Score.objects.order_by().exclude(criterion__publication=F(f"review__{PUBLICATION}"))
    return Review.objects.order_by().filter(pk__in=wrong.values("review"))


@invariant
def reviews_are_kept_as_they_were_handed_in():
    """What was handed in last is kept with its total, its time and the hash of its scores."""
    same = {name: OuterRef(name) for name in ("total", "handed_in_at", "scores_sha256")}
    kept = HandedIn.objects.filter(review=OuterRef("pk"), **same)
    return handed_in().filter(~Exists(kept))


@invariant
def versions_of_reviews_are_numbered_without_holes():
    """What was handed in of a review is numbered from one, without holes."""
    return out_of_sequence(HandedIn.objects.all(), "review")


@invariant
def reviews_are_handed_in_again_once_reopened():
    """A review that was handed in again was given back before, with a reason."""
    following = Window(Lead("handed_in_at"), partition_by=F("review"), order_by=F("number").asc())
    told = HandedIn.objects.order_by().annotate(again_at=following)
    return told.filter(
        Q(reopening=None) | Q(reopening__reopened_at__gt=F("again_at")), again_at__isnull=False
    )


@invariant
def kept_reviews_add_up():
    """What is kept of a review that was handed in adds up to its total."""
    added = sum_of(HandedInScore.objects, "version")
    return HandedIn.objects.order_by().annotate(added=added).exclude(total=F("added"))


@invariant
def samples_add_up():
    """What somebody found of the sample adds up to the total that was handed in."""
    done = SampleReview.objects.order_by().filter(state=ReviewState.HANDED_IN)
    return done.annotate(added=sum_of(SampleScore.objects, "review")).exclude(total=F("added"))


@invariant
def samples_come_from_other_calls():
    """The sample of a call comes from no application of that call."""
    return Calibration.objects.order_by().filter(source__call=F("call"))


@invariant
def thresholds_are_set_before_scoring():
    """How far two reviews may differ was set before anybody saved a score in that call."""
    scored = Review.objects.filter(
        assignment__application__call=OuterRef("call"), saved_at__lt=OuterRef("set_at")
    )
    return EvaluationSettings.objects.order_by().filter(Exists(scored))


@invariant
def third_evaluators_read_the_file_in_divergence():
    """The third evaluator of a file in divergence was given that file, after it was seen to diverge."""
    right = Q(third__application=F("application"), third__assigned_at__gte=F("called_at"))
    return Divergence.objects.order_by().filter(third__isnull=False).exclude(right)
