"""Reads: the digest of what an evaluator handed in, and whether what was sealed still is as it was."""

import hashlib
import json

from accounts.acts import sealed_digest
from accounts.models import TrailEntry
from accounts.verification import Difference, compares
from evaluations import states
from evaluations.models import Review, Ruling
from evaluations.states import ReviewState, RulingState


def scores_digest(review):
    """The SHA-256 of the scores of a review, justifications and private notes included."""
    rows = review.scores.order_by("criterion__key").values_list(
        "criterion__key", "level__key", "points", "justification", "private_note"
    )
    text = json.dumps([list(row) for row in rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sample_digest(review):
    """The SHA-256 of what somebody scored of the sample."""
    rows = review.scores.order_by("criterion__key").values_list(
        "criterion__key", "level__key", "points", "justification"
    )
    text = json.dumps([list(row) for row in rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def broken(call):
    """What was changed after it was sealed: reviews and rulings of the call whose digests do not hold."""
    reviews = Review.objects.of_call(call).filter(state=ReviewState.HANDED_IN)
    rulings = Ruling.objects.filter(call=call).exclude(state=RulingState.DRAFTED)
    changed = [r for r in reviews if r.scores_sha256 != scores_digest(r) or not _holds(r, states.HAND_IN)]
    return changed + [r for r in rulings if not _holds(r, states.ISSUE)]


@compares
def changed_scores():
    """The reviews handed in whose scores are no longer those that were sealed with them."""
    for review in Review.objects.filter(state=ReviewState.HANDED_IN).select_related("assignment"):
        entry = _last(review, states.HAND_IN)
        if entry and review.scores_sha256 != scores_digest(review):
            yield Difference(entry, "one of its scores was changed after it was handed in")


def _last(thing, act):
    return TrailEntry.objects.about(thing).filter(act=act.name).select_related("salt").last()


def _holds(thing, act):
    """Whether the trail's last digest of ``act`` on ``thing`` is that of the row as it stands."""
    entry = _last(thing, act)
    return entry is not None and entry.digest == sealed_digest(thing, act.sealed_fields, entry.salt.salt)
