"""The lives of a review, a session and a ruling, each on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.acts import Act


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("Being scored")
    HANDED_IN = "handed_in", _("Handed in")


HAND_IN = Act.of(
    "review.hand_in",
    sources=[ReviewState.DRAFT],
    target=ReviewState.HANDED_IN,
    seals=("total", "handed_in_at", "scores_sha256"),
)
REOPEN = Act.of("review.reopen", sources=[ReviewState.HANDED_IN], target=ReviewState.DRAFT)


class DrawState(models.TextChoices):
    COMMITTED = "committed", _("Committed")
    DRAWN = "drawn", _("Drawn")


DRAW = Act.of(
    "draw.draw",
    sources=[DrawState.COMMITTED],
    target=DrawState.DRAWN,
    seals=("seed", "salt", "instance_sha256", "given"),
)


HAND_IN_SAMPLE = Act.of(
    "sample.hand_in",
    sources=[ReviewState.DRAFT],
    target=ReviewState.HANDED_IN,
    seals=("total", "handed_in_at", "scores_sha256"),
)


class SessionState(models.TextChoices):
    CONVENED = "convened", _("Convened")
    OPEN = "open", _("In session")
    CLOSED = "closed", _("Closed")


OPEN_SESSION = Act.of("session.open", sources=[SessionState.CONVENED], target=SessionState.OPEN)
CLOSE_SESSION = Act.of(
    "session.close", sources=[SessionState.OPEN], target=SessionState.CLOSED, seals=("minutes",)
)


class RulingState(models.TextChoices):
    """A sealed ruling is pending: secret until all of the call are released together."""

    DRAFTED = "drafted", _("Drafted")
    SEALED = "sealed", _("Sealed, not released")
    RELEASED = "released", _("Released")


SEALED_FIELDS = (
    "outcome",
    "amount",
    "reserve_order",
    "rank",
    "total",
    "reasons",
    "amount_reason",
    "departure_reason",
    "legal_basis",
    "decided_by_id",
    "decided_at",
)
ISSUE = Act.of("ruling.issue", sources=[RulingState.DRAFTED], target=RulingState.SEALED, seals=SEALED_FIELDS)
RELEASE = Act.of("ruling.release", sources=[RulingState.SEALED], target=RulingState.RELEASED)


class EmbargoState(models.TextChoices):
    """Results waiting for a chosen minute. Those released by hand before it are released as well."""

    SET = "set", _("Waiting for its time")
    RELEASED = "released", _("Released")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be released")


CANCEL_EMBARGO = Act.of("embargo.cancel", sources=[EmbargoState.SET], target=EmbargoState.CANCELLED)
KEEP_EMBARGO = Act.of("embargo.keep", sources=[EmbargoState.SET], target=EmbargoState.RELEASED)
FAIL_EMBARGO = Act.of("embargo.fail", sources=[EmbargoState.SET], target=EmbargoState.FAILED)


class FeedbackState(models.TextChoices):
    """What an organization asks about its result, until the agency has answered it once."""

    REQUESTED = "requested", _("Waits for its answer")
    ANSWERED = "answered", _("Answered")


ANSWER_FEEDBACK = Act.of(
    "feedback.answer",
    sources=[FeedbackState.REQUESTED],
    target=FeedbackState.ANSWERED,
    seals=("answer", "main_reason", "answered_at", "answered_by_id"),
)


class RemedyState(models.TextChoices):
    """The life of a remedy: received always, studied only when it came in time."""

    RECEIVED = "remedy_received", _("Received")
    ADMITTED = "remedy_admitted", _("Admitted")
    DISMISSED = "dismissed", _("Dismissed")
    IN_STUDY = "in_study", _("In study")
    RESOLVED = "resolved", _("Resolved")


ADMIT_REMEDY = Act.of("remedy.admit", sources=[RemedyState.RECEIVED], target=RemedyState.ADMITTED)
DISMISS_REMEDY = Act.of(
    "remedy.dismiss",
    sources=[RemedyState.RECEIVED],
    target=RemedyState.DISMISSED,
    seals=("dismissal", "reasons", "legal_basis", "settled_at", "settled_by_id"),
)
STUDY_REMEDY = Act.of("remedy.study", sources=[RemedyState.ADMITTED], target=RemedyState.IN_STUDY)
RESOLVE_REMEDY = Act.of(
    "remedy.resolve",
    sources=[RemedyState.IN_STUDY],
    target=RemedyState.RESOLVED,
    seals=("outcome", "new_outcome", "effect", "reasons", "legal_basis", "settled_at", "settled_by_id"),
)


class ReportState(models.TextChoices):
    RECEIVED = "report_received", _("Received")
    CONCLUDED = "concluded", _("Concluded")


CONCLUDE_REPORT = Act.of(
    "control_report.conclude",
    sources=[ReportState.RECEIVED],
    target=ReportState.CONCLUDED,
    seals=("conclusion", "concluded_at", "concluded_by_id"),
)
