"""The life of an edition of the Rules of Operation, on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
