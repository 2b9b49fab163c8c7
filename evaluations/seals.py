"""Reads: the digest of what an evaluator handed in, and whether what was sealed still is as it was."""

import hashlib
import json
from collections import defaultdict

from accounts.acts import sealed_digest
from accounts.models import TrailEntry
from accounts.verification import Difference, compares
from evaluations import states
from evaluations.models import Review, Ruling, Score
from evaluations.states import ReviewState, RulingState

SAMPLE = ("criterion__key", "level__key", "points", "justification")
SCORES = (*SAMPLE, "private_note")
CHANGED = "one of its scores was changed after it was handed in"


def scores_digest(review):
    """The SHA-256 of the scores of a review, justifications and private notes included."""
    return _digest(review.scores.order_by("criterion__key").values_list(*SCORES))


def sample_digest(review):
    """The SHA-256 of what somebody scored of the sample."""
    return _digest(review.scores.order_by("criterion__key").values_list(*SAMPLE))


def _digest(rows):
    return hashlib.sha256(json.dumps(list(map(list, rows)), ensure_ascii=False).encode()).hexdigest()


def broken(call):
    """What was changed after it was sealed: reviews and rulings of the call whose digests do not hold."""
    reviews = Review.objects.of_call(call).filter(state=ReviewState.HANDED_IN)
    rulings = Ruling.objects.filter(call=call).exclude(state=RulingState.DRAFTED)
    changed = [r for r in reviews if r.scores_sha256 != scores_digest(r) or not _holds(r, states.HAND_IN)]
    return changed + [r for r in rulings if not _holds(r, states.ISSUE)]


@compares
def changed_scores():
    """The reviews handed in whose scores are no longer those that were sealed with them."""
    handed_in = Review.objects.filter(state=ReviewState.HANDED_IN).order_by("pk")
    scores = Score.objects.filter(review__in=handed_in).order_by("review", "criterion__key")
    given = defaultdict(list)
    for review, *said in scores.values_list("review", *SCORES).iterator(chunk_size=5000):
        given[review].append(said)
    for review in handed_in.select_related("assignment"):
        if review.scores_sha256 != _digest(given[review.pk]):
            yield Difference(_last(review, states.HAND_IN) or _nothing_of(review), CHANGED)


def _nothing_of(review):
    """What stands in the place of an act that the trail does not hold."""
    return TrailEntry(
        act=states.HAND_IN.name, subject_label=Review._meta.label_lower, subject_id=review.pk,
        subject_name=review.code,
    )  # fmt: skip


def _last(thing, act):
    return TrailEntry.objects.about(thing).filter(act=act.name).select_related("salt").last()


def _holds(thing, act):
    """Whether the trail's last digest of ``act`` on ``thing`` is that of the row as it stands."""
    entry = _last(thing, act)
    return entry is not None and entry.digest == sealed_digest(thing, act.sealed_fields, entry.salt.salt)
