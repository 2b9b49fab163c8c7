"""Reads: what was handed in before a reopening, beside what was handed in after it."""

from dataclasses import dataclass

from evaluations import standing
from evaluations.models import HandedIn, HandedInScore


def former(review):
    """Pairs of what this evaluator handed in before each reopening and its scores: for their own eyes."""
    scores = HandedInScore.objects.filter(version__review=review, version__reopening__isnull=False)
    found: dict = {}
    for score in scores.select_related("version__reopening", "criterion", "level").order_by(
        "version__number", "criterion__position"
    ):
        found.setdefault(score.version, []).append(score)
    return list(found.items())


def all_of(review):
    """Every version of a review, the first one first."""
    return _with_scores(HandedIn.objects.filter(review=review))


def _with_scores(versions):
    return list(versions.select_related("reopening").prefetch_related("scores__criterion", "scores__level"))


def reopened_in(call, user):
    """The reopenings of a call, the newest first, each with its review; files barred left out."""
    found = HandedIn.objects.of_call(call).reopened().shown_to(user)
    return found.select_related("reopening", "review__assignment").order_by("-reopening__reopened_at", "pk")


@dataclass(frozen=True)
class Compared:
    """A criterion in every version: its scores in order, and whether points or reason are not the same."""

    criterion: object
    scores: list
    points_changed: bool
    words_changed: bool


def compared(call, versions):
    """Criterion by criterion, what each version said. Private notes are nobody else's and are left out."""
    scores = [{score.criterion_id: score for score in version.scores.all()} for version in versions]
    return [
        _compared(criterion, [held.get(criterion.pk) for held in scores])
        for criterion in standing.criteria_of(call)
    ]


def _compared(criterion, scores):
    return Compared(
        criterion=criterion,
        scores=scores,
        points_changed=len({score and score.points for score in scores}) > 1,
        words_changed=len({score and score.justification for score in scores}) > 1,
    )
