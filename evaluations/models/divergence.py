"""How far two reviews of one file may be apart, and the files in which a third evaluator was called."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.models import Application, Call
from evaluations.models.reviews import Assignment


class EvaluationSettings(models.Model):
    """What who coordinates sets of the evaluation of a call before scoring begins; the Rules set the rest.

    From the first score that is saved on the database keeps it as it is.
    """

    class Unit(models.TextChoices):
        POINTS = "points", _("Points")
        PERCENT = "percent", _("Percent of the highest total that can be reached")

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="evaluation_settings")
    divergence = models.DecimalField(
        _("most that two reviews of a file may differ"), max_digits=5, decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )  # fmt: skip
    unit = models.CharField(_("counted in"), max_length=8, choices=Unit, default=Unit.POINTS)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("settings of an evaluation")
        verbose_name_plural = _("settings of evaluations")
        constraints = [
            models.CheckConstraint(condition=Q(divergence__gt=0), name="divergence_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(unit="points") | Q(divergence__lte=100), name="divergence_percent_within_100"
            ),
        ]

    def __str__(self):
        return f"{self.divergence} {self.get_unit_display()}"

    @property
    def code(self):
        return self.call.folio


class DivergenceQuerySet(models.QuerySet):
    def of_call(self, call):
        return self.filter(application__call=call)

    def open(self):
        """Those that still wait for a third evaluator: none was given, or the one that was left the file."""
        return self.filter(Q(third=None) | Q(third__withdrawn_at__isnull=False), waived_at=None)

    def shown_to(self, user):
        """Without those of files that do not exist for this person."""
        return self.exclude(application__barred__user=user)


class Divergence(models.Model):
    """Two reviews of a file differ by more than the threshold: a third evaluator is called, once a file."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="divergence")
    called_at = models.DateTimeField()
    third = models.OneToOneField(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="called_for"
    )
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waived_reason = models.TextField(_("why it goes on without a third evaluator"), blank=True)

    objects = DivergenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("file in divergence")
        verbose_name_plural = _("files in divergence")
        ordering = ["called_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waived_reason="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_reason="")),
                name="divergence_waived_says_who_and_why",
            )
        ]

    def __str__(self):
        return self.application.folio

    @property
    def code(self):
        return self.application.folio

    @property
    def is_open(self):
        """To be asked of one that was read with its ``third``."""
        left = self.third is None or self.third.withdrawn_at is not None
        return left and self.waived_at is None
