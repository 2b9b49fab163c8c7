"""Awards from the reserve list after the results, with the money that somebody renounced."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from evaluations.models.rulings import Ruling
from programs.models.blocks.money import money_field


class Promotion(models.Model):
    """One of the reserve list awarded: how much, by whom, when and on what grounds. Kept as it was signed.

    ``skip_reason`` is owed when others wait before it on the list: it is public.
    """

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="promotion")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="promotions")
    amount = money_field(_("amount awarded"))
    amount_reason = models.TextField(_("why less than was asked for"), blank=True)
    skips = models.BooleanField(_("goes before others of the reserve list"), default=False)
    skip_reason = models.TextField(_("why it goes before them"), blank=True)
    reasons = models.TextField(_("reasons"))
    legal_basis = models.TextField(_("legal basis"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("award from the reserve list")
        verbose_name_plural = _("awards from the reserve list")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="promotion_has_an_amount"),
            models.CheckConstraint(
                condition=~Q(reasons="") & ~Q(legal_basis=""), name="promotion_says_why_and_by_what_law"
            ),
            models.CheckConstraint(
                condition=Q(skips=False) | ~Q(skip_reason=""), name="promotion_that_skips_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.ruling.application} · {self.amount}"

    @property
    def folio(self):
        """That of the application, for the trail."""
        return self.ruling.application.folio
