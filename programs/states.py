"""The lives of a Guide, of the Rules, their amendments and ratings, and of a blackout, on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.acts import Act


class EditionState(models.TextChoices):
    RECORDED = "recorded", _("Recorded from the report")
    DRAFT = "draft", _("Draft")
    SIGNOFF = "signoff", _("In sign-off")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


SEND = Act.of("edition.send", sources=[EditionState.DRAFT], target=EditionState.SIGNOFF)
RETURN = Act.of("edition.return", sources=[EditionState.SIGNOFF], target=EditionState.DRAFT)
APPROVE = Act.of("edition.approve", sources=[EditionState.SIGNOFF], target=EditionState.APPROVED)
REOPEN = Act.of("edition.reopen", sources=[EditionState.APPROVED], target=EditionState.DRAFT)
PUBLISH = Act.of("edition.publish", sources=[EditionState.APPROVED], target=EditionState.PUBLISHED)


class AmendmentState(models.TextChoices):
    """An amendment passes through the hands that its edition passed through."""

    DRAFT = "draft", _("Draft")
    SIGNOFF = "signoff", _("In sign-off")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_AMENDMENT = (AmendmentState.DRAFT, AmendmentState.SIGNOFF, AmendmentState.APPROVED)

SEND_AMENDMENT = Act.of("amendment.send", sources=[AmendmentState.DRAFT], target=AmendmentState.SIGNOFF)
RETURN_AMENDMENT = Act.of("amendment.return", sources=[AmendmentState.SIGNOFF], target=AmendmentState.DRAFT)
APPROVE_AMENDMENT = Act.of(
    "amendment.approve", sources=[AmendmentState.SIGNOFF], target=AmendmentState.APPROVED
)
REOPEN_AMENDMENT = Act.of("amendment.reopen", sources=[AmendmentState.APPROVED], target=AmendmentState.DRAFT)
PUBLISH_AMENDMENT = Act.of(
    "amendment.publish", sources=[AmendmentState.APPROVED], target=AmendmentState.PUBLISHED
)
WITHDRAW_AMENDMENT = Act.of(
    "amendment.withdraw", sources=[AmendmentState.DRAFT], target=AmendmentState.WITHDRAWN
)


class GuideState(models.TextChoices):
    """A Guide is written by planning alone, then published: from then on only help and checks change."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


PUBLISH_GUIDE = Act.of(
    "guide.publish", sources=[GuideState.DRAFT], target=GuideState.PUBLISHED, seals=("year", "sha256")
)


class RatingState(models.TextChoices):
    """A rating by the rubric: seen by planning alone until it is handed in, and fixed from then on."""

    DRAFT = "draft", _("Draft")
    HANDED_IN = "handed_in", _("Handed in")


HAND_IN_RATING = Act.of(
    "rating.hand_in",
    sources=[RatingState.DRAFT],
    target=RatingState.HANDED_IN,
    seals=("points", "out_of", "marks_sha256"),
)


class BlackoutState(models.TextChoices):
    """*In force* is derived from the dates of a confirmed period, never stored."""

    NOTED = "noted", pgettext_lazy("blackout", "Not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("blackout", "Confirmed")
    ENDED = "ended", pgettext_lazy("blackout", "Ended early")


CONFIRM_BLACKOUT = Act.of(
    "blackout.confirm",
    sources=[BlackoutState.NOTED],
    target=BlackoutState.CONFIRMED,
    seals=("kind", "starts_at", "ends_at", "source"),
)
END_BLACKOUT = Act.of(
    "blackout.end",
    sources=[BlackoutState.CONFIRMED],
    target=BlackoutState.ENDED,
    seals=("ended_at", "ended_by_id", "ended_reason"),
)
