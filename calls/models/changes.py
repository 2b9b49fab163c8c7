"""What changed of a published call: each extension of its reception. Never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls.models.calls import Call


class Extension(models.Model):
    """The close of a published call moved to a later minute, before it came: from which, to which, why.

    ``authority`` and ``reference`` are owed when it goes beyond what the Rules allow. Both moments are not
    included, as ``Call.closes_at`` is.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField()
    former_closes_at = models.DateTimeField(_("closed before (not included)"))
    closes_at = models.DateTimeField(_("closes (not included)"))
    reason = models.TextField(_("reason"))
    authority = models.CharField(_("who authorised it"), max_length=200, blank=True)
    reference = models.CharField(_("gazette or agreement"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="extension_numbered"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("former_closes_at")), name="extension_closes_later"
            ),
            models.CheckConstraint(
                condition=Q(at__lt=F("former_closes_at")), name="extension_before_the_former_close"
            ),
        ]

    def __str__(self):
        return f"{self.call.folio} · {self.number}"
