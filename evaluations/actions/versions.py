"""Keeping what was handed in: a seal is never taken off without a copy of what it held."""

from evaluations.models import HandedIn, HandedInScore, Reopening, Review


def keep(review):
    """Keep a review as it was just handed in, with its scores; once for each hand-in."""
    sealed = Review.objects.get(pk=review.pk)
    known = list(sealed.versions.all())
    if known and known[-1].handed_in_at == sealed.handed_in_at:
        return known[-1]
    version = HandedIn.objects.create(
        review=sealed,
        number=len(known) + 1,
        total=sealed.total,
        handed_in_at=sealed.handed_in_at,
        scores_sha256=sealed.scores_sha256,
    )
    HandedInScore.objects.bulk_create(_copied(score, version) for score in sealed.scores.all())
    return version


def _copied(score, version):
    same = {name: getattr(score, name) for name in COPIED}
    return HandedInScore(version=version, **same)


COPIED = ("criterion_id", "level_id", "points", "justification", "private_note")


def reopen(review, *, reason, by, at):
    """Note why a review goes back to its evaluator; what was handed in before is kept, if it was not yet."""
    return Reopening.objects.create(version=keep(review), reason=reason, reopened_at=at, reopened_by=by)
