"""What the portal found of a person and what they answered: kept as it was said."""

from accounts import acts
from evaluations.models import DetectedTie

SEALED = ("organization_id", "kind", "basis", "answer", "reason", "at")


def keep(call, organization, tie, reason, *, by, at):
    """Keep the answer to one detection: it bars by itself, is confirmed, or denied for ``reason``."""
    kept = DetectedTie.objects.create(
        call=call,
        user=by,
        organization=organization,
        kind=tie.kind,
        basis=tie.basis[:250],
        answer=_answer(tie, reason),
        reason="" if tie.is_strong else reason,
        at=at,
    )
    acts.record("conflict.answer_detected", kept, by=by, at=at, seals=SEALED)
    return kept


def _answer(tie, reason):
    if tie.is_strong:
        return DetectedTie.Answer.BARRED
    return DetectedTie.Answer.NO_TIE if reason else DetectedTie.Answer.TIE
