"""How the support is paid, reported and verified (component 11 of the Guide)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks import terms
from programs.models.blocks.base import Block
from programs.models.blocks.columns import Days, Term, Together

WHOLE = Decimal(100)


class PlannedPayment(Block):
    """An instalment: its share of the support, what it takes, when it is paid and by whom."""

    name = models.CharField(_("instalment"), max_length=150)
    modality_key = models.SlugField(_("only for the modality"), max_length=60, blank=True)
    share = models.DecimalField(
        _("share of the support, %"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(100)],
    )
    condition = models.TextField(_("what it takes to be paid"), blank=True)
    report_key = models.SlugField(_("once this report is accepted"), max_length=60, blank=True)
    on = terms.date_field()
    days = terms.days_field()
    unit = terms.unit_field()
    after = terms.milestone_field()
    paid_by = models.CharField(_("paid by"), max_length=200, blank=True)

    columns = (
        "name", "modality_key", "share", "condition", "report_key", "on", "days", "unit", "after", "paid_by",
    )  # fmt: skip
    reading_columns = (
        Together(_("instalment"), ("name", "modality_key")),
        "share",
        Together(_("what it takes to be paid"), ("condition", "report_key")),
        Term(_("when")),
        "paid_by",
    )

    class Meta(Block.Meta):
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments of the support")
        constraints = [
            *Block.Meta.constraints,
            terms.date_or_rule("plannedpayment_date_or_rule"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=100), name="plannedpayment_share_is_a_percentage"
            ),
        ]

    def refuse_among(self, others):
        """The instalments that one modality receives never exceed the whole support."""
        for modality in {row.modality_key for row in [self, *others]}:
            paid = sum(row.share for row in [self, *others] if row.modality_key in ("", modality))
            if paid > WHOLE and self.modality_key in ("", modality):
                message = _("With this share the instalments add up to %(sum)s %%. They cannot exceed 100.")
                raise ValidationError({"share": message % {"sum": f"{paid.normalize():f}"}})


class PlannedReport(Block):
    """A report that the organization owes: what it holds, when, counted from what, and who receives it."""

    class Kind(models.TextChoices):
        PARTIAL = "partial", _("Partial report")
        FINAL = "final", _("Final report")
        FINANCIAL = "financial", _("Financial report")
        OTHER = "other", _("Other report")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("report"), max_length=150)
    contents = models.TextField(_("what it must hold"), blank=True)
    on = terms.date_field()
    days = terms.days_field()
    unit = terms.unit_field()
    after = terms.milestone_field()
    payment_key = models.SlugField(_("counted from the instalment"), max_length=60, blank=True)
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    if_late = models.CharField(_("what follows when it is late"), max_length=300, blank=True)

    columns = (
        "name", "kind", "contents", "on", "days", "unit", "after", "payment_key", "received_by", "if_late",
    )  # fmt: skip
    reading_columns = ("name", "kind", "contents", Term(_("when")), "received_by", "if_late")

    class Meta(Block.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            *Block.Meta.constraints,
            models.CheckConstraint(
                condition=Q(days=None, after="", payment_key="")
                | (Q(on=None, days__isnull=False, payment_key="") & ~Q(unit="") & ~Q(after=""))
                | (Q(on=None, days__isnull=False, after="") & ~Q(unit="") & ~Q(payment_key="")),
                name="plannedreport_date_or_rule",
                violation_error_message=_(
                    "Give either a date, or a number of days and their unit after one milestone or one "
                    "instalment. It may also be left for later: then leave all of them empty."
                ),
            ),
        ]


class VerificationRule(Block):
    """A concept that may be paid with the support, with the proof asked for, or one that may not."""

    concept = models.CharField(_("concept of expense"), max_length=200)
    is_eligible = models.BooleanField(_("may be paid with the support"), default=True)
    proof = models.TextField(_("proof asked for"), blank=True)
    days = terms.days_field(_("days to prove it"))
    unit = terms.unit_field()
    after = terms.milestone_field()
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    refund_days = terms.days_field(_("days to give back what is not proved"))
    refund_unit = terms.unit_field(_("unit of the refund"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    columns = (
        "concept", "is_eligible", "proof", "days", "unit", "after", "received_by", "refund_days",
        "refund_unit", "note",
    )  # fmt: skip
    named_by = ("concept",)
    reading_columns = (
        "concept",
        "is_eligible",
        Together(_("proof asked for"), ("proof", "note")),
        Term(_("when")),
        "received_by",
        Days(_("refund of what is not proved"), "refund_days", "refund_unit"),
    )

    class Meta(Block.Meta):
        verbose_name = _("rule of verification")
        verbose_name_plural = _("rules of verification")
        constraints = [
            *Block.Meta.constraints,
            terms.whole_rule("verificationrule_whole_term"),
            terms.unit_with_days("refund_days", "refund_unit", "verificationrule_refund_has_a_unit"),
        ]

    def __str__(self):
        return self.concept
