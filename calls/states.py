"""The lives of a call, an application, a subscription, a public question and evidence, each on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.acts import Act


class CallState(models.TextChoices):
    """*Open*, *in reception* and *late* are derived from the dates, never stored."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SEALED = "sealed", _("Reception closed")
    RELEASED = "released", _("Results released")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")
    VOID = "void", _("Void")


# From its publication until its results: while it is received, checked and evaluated
BEFORE_RESULTS = (CallState.PUBLISHED, CallState.SEALED)

PUBLISH_CALL = Act.of("call.publish", sources=[CallState.DRAFT], target=CallState.PUBLISHED)
SEAL_CALL = Act.of("call.seal", sources=[CallState.PUBLISHED], target=CallState.SEALED)
RELEASE_CALL = Act.of("call.release", sources=[CallState.SEALED], target=CallState.RELEASED)
ENDING = ("ended_at", "ended_by_id", "ended_reason", "ended_basis")
CANCEL_CALL = Act.of(
    "call.cancel",
    sources=[CallState.PUBLISHED, CallState.SEALED],
    target=CallState.CANCELLED,
    seals=ENDING,
)
VOID_CALL = Act.of(
    "call.void", sources=[CallState.SEALED, CallState.RELEASED], target=CallState.VOID, seals=ENDING
)


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PREVENTED = "prevented", _("To be corrected")
    CORRECTED = "corrected", _("Corrected")
    ADMITTED = "admitted", _("Admitted")
    DISCARDED = "discarded", _("Discarded")
    AWARDED = "awarded", _("Awarded")
    RESERVE = "reserve", _("On the reserve list")
    NOT_AWARDED = "not_awarded", _("Not awarded")
    FORMALIZED = "formalized", _("Formalised")
    RENOUNCED = "renounced", _("Renounced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Those that hold an award, whether its agreement is signed or still to be
GRANTED = (ApplicationState.AWARDED, ApplicationState.FORMALIZED)

SUBMIT = Act.of(
    "application.submit",
    sources=[ApplicationState.DRAFT],
    target=ApplicationState.SUBMITTED,
    seals=("folio", "submitted_at", "submitted_by_id", "requested_amount", "project_title"),
)
PREVENT = Act.of(
    "application.prevent", sources=[ApplicationState.SUBMITTED], target=ApplicationState.PREVENTED
)
CORRECT = Act.of(
    "application.correct", sources=[ApplicationState.PREVENTED], target=ApplicationState.CORRECTED
)
ADMIT = Act.of(
    "application.admit",
    sources=[ApplicationState.SUBMITTED, ApplicationState.CORRECTED],
    target=ApplicationState.ADMITTED,
)
DISCARD = Act.of(
    "application.discard",
    sources=[ApplicationState.SUBMITTED, ApplicationState.PREVENTED, ApplicationState.CORRECTED],
    target=ApplicationState.DISCARDED,
)
WITHDRAW = Act.of(
    "application.withdraw",
    sources=[
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.PREVENTED,
        ApplicationState.CORRECTED,
    ],
    target=ApplicationState.WITHDRAWN,
)
AWARD = Act.of(
    "application.award",
    sources=[ApplicationState.ADMITTED],
    target=ApplicationState.AWARDED,
    seals=("awarded_amount",),
)
RESERVE = Act.of("application.reserve", sources=[ApplicationState.ADMITTED], target=ApplicationState.RESERVE)
DECLINE = Act.of(
    "application.decline", sources=[ApplicationState.ADMITTED], target=ApplicationState.NOT_AWARDED
)
RENOUNCE = Act.of(
    "application.renounce", sources=[ApplicationState.AWARDED], target=ApplicationState.RENOUNCED
)
PROMOTE = Act.of(
    "application.promote",
    sources=[ApplicationState.RESERVE],
    target=ApplicationState.AWARDED,
    seals=("awarded_amount",),
)


class SubscriptionState(models.TextChoices):
    PENDING = "pending", _("To be confirmed")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


CONFIRM_SUBSCRIPTION = Act.of(
    "subscription.confirm", sources=[SubscriptionState.PENDING], target=SubscriptionState.ACTIVE
)
END_SUBSCRIPTION = Act.of(
    "subscription.end",
    sources=[SubscriptionState.PENDING, SubscriptionState.ACTIVE],
    target=SubscriptionState.ENDED,
)


class QuestionState(models.TextChoices):
    """*Late* is derived from the day on which the answer is due, never stored."""

    OPEN = "open", _("Without answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Left without answer")
    MERGED = "merged", _("Joined to another question")


ANSWER_QUESTION = Act.of(
    "question.answer", sources=[QuestionState.OPEN], target=QuestionState.ANSWERED, seals=("text",)
)
CORRECT_ANSWER = Act.of("question.correct", sources=[QuestionState.ANSWERED], target=QuestionState.ANSWERED)
DECLINE_QUESTION = Act.of(
    "question.decline", sources=[QuestionState.OPEN], target=QuestionState.DECLINED, seals=("text", "reason")
)
MERGE_QUESTION = Act.of(
    "question.merge",
    sources=[QuestionState.OPEN],
    target=QuestionState.MERGED,
    seals=("text", "merged_into_id"),
)


class EvidenceState(models.TextChoices):
    """Of how a call was made known. What the plan still lacks is derived from its dates, never stored."""

    RECORDED = "recorded", pgettext_lazy("evidence", "Recorded")
    WITHDRAWN = "withdrawn", pgettext_lazy("evidence", "Withdrawn")


WITHDRAW_EVIDENCE = Act.of(
    "evidence.withdraw",
    sources=[EvidenceState.RECORDED],
    target=EvidenceState.WITHDRAWN,
    seals=("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
)
