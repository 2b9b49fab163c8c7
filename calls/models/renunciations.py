"""That an organization gives up the support that its application was awarded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Renunciation(models.Model):
    """Who renounced an award, when and why. The day is public, the reason is not. Kept as it was."""

    application = models.OneToOneField(
        "calls.Application", on_delete=models.PROTECT, related_name="renunciation"
    )
    reason = models.TextField(_("why it is renounced"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("renunciation")
        verbose_name_plural = _("renunciations")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="renunciation_says_why"),
        ]

    def __str__(self):
        return str(self.application)
