"""Results that are to be released at a chosen minute."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from evaluations.states import EmbargoState


class Embargo(models.Model):
    """When the results of a call are to be released, by whose decision, and what became of it.

    Until then everything stays pending, and this too: it is seen by the head of the agency alone.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="embargoes")
    state = models.CharField(max_length=10, choices=EmbargoState, default=EmbargoState.SET)
    release_at = models.DateTimeField(_("when the results are released"))
    reason = models.TextField(_("reason of the delay"), blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(_("why the results were not released"), blank=True)

    class Meta:
        verbose_name = _("embargo of results")
        verbose_name_plural = _("embargoes of results")
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="set"), name="embargo_one_at_a_time_for_a_call"
            ),
            models.CheckConstraint(
                condition=Q(release_at__gt=F("set_at")), name="embargo_ends_after_it_is_set"
            ),
            models.CheckConstraint(
                condition=Q(state="set", ended_at=None) | (~Q(state="set") & Q(ended_at__isnull=False)),
                name="embargo_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(refusal=""), name="embargo_failed_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.call.folio} · {self.release_at:%Y-%m-%d %H:%M}"

    @property
    def folio(self):
        return self.call.folio
