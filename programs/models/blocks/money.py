"""The authorised budget and the supports: how much, to whom, with what contribution of their own."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block

MONEY_DIGITS = 14


def money_field(label, **options):
    """Pesos with cents, in decimals; never floats."""
    return models.DecimalField(label, max_digits=MONEY_DIGITS, decimal_places=2, **options)


class Budget(Block):
    """The authorised budget of the program for the year."""

    authorized = money_field(_("authorised budget"))
    operating = money_field(_("of it, operating expenses"), default=0)
    budget_key = models.CharField(_("budget key"), max_length=80, blank=True)

    columns = ("authorized", "operating", "budget_key")
    named_by = ()
    is_single = True

    class Meta(Block.Meta):
        verbose_name = _("budget")
        verbose_name_plural = _("budget")
        constraints = [
            *Block.Meta.constraints,
            models.CheckConstraint(
                condition=Q(operating__lte=F("authorized")),
                name="budget_operating_within_authorised",
                violation_error_message=_("The operating expenses cannot exceed the authorised budget."),
            ),
        ]

    def __str__(self):
        return str(self.authorized)


class SupportModality(Block):
    """A modality of support, with the least and the most it gives and the share the CSO adds."""

    name = models.CharField(_("modality"), max_length=150)
    description = models.TextField(_("what it is for"), blank=True)
    minimum = money_field(_("minimum amount"))
    maximum = money_field(_("maximum amount"))
    ceiling = money_field(_("ceiling of the modality"), null=True, blank=True)
    expected = models.PositiveSmallIntegerField(_("supports expected"), null=True, blank=True)
    own_share = models.DecimalField(
        _("own contribution, % of the total cost"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MaxValueValidator(100)],
    )

    columns = ("name", "minimum", "maximum", "expected", "ceiling", "own_share")

    class Meta(Block.Meta):
        verbose_name = _("modality of support")
        verbose_name_plural = _("modalities of support")
        constraints = [
            *Block.Meta.constraints,
            models.CheckConstraint(
                condition=Q(minimum__lte=F("maximum")),
                name="modality_minimum_within_maximum",
                violation_error_message=_("The minimum amount cannot exceed the maximum amount."),
            ),
            models.CheckConstraint(
                condition=Q(own_share__gte=0, own_share__lte=100), name="modality_own_share_is_a_percentage"
            ),
        ]

    @property
    def planned_total(self):
        """What the modality may cost: its ceiling or, without one, its maximum for each support expected."""
        if self.ceiling is not None or self.expected is None:
            return self.ceiling
        return self.maximum * self.expected
