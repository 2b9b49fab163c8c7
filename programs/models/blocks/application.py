"""What decides who may apply, what the form asks, and how a project's budget may be made."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.blocks.money import money_field


class EligibilityRule(Block):
    """A condition to apply, asked as a yes-or-no question to the applicant."""

    statement = models.TextField(_("condition"))
    question = models.CharField(_("question to the applicant"), max_length=300)
    right_answer = models.BooleanField(_("answer that allows to apply"), default=True)
    how_to_fix = models.TextField(_("what to do when it is not met"), blank=True)

    columns = ("statement", "question", "right_answer")
    named_by = ("question",)

    class Meta(Block.Meta):
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")

    def __str__(self):
        return self.question


class ApplicationQuestion(Block):
    """A question of the application form."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Amount in pesos")
        DATE = "date", _("Date")
        MUNICIPALITY = "municipality", _("Municipality")
        CHOICE = "choice", _("One of a list")
        YES_NO = "yes_no", _("Yes or no")

    section = models.CharField(_("section of the form"), max_length=120)
    label = models.CharField(_("question"), max_length=300)
    help = models.TextField(_("help"), blank=True)
    kind = models.CharField(_("kind of answer"), max_length=15, choices=Kind)
    choices = models.TextField(_("choices, one a line"), blank=True)
    word_limit = models.PositiveIntegerField(_("at most so many words"), null=True, blank=True)
    is_obligatory = models.BooleanField(_("obligatory"), default=True)
    identifies = models.BooleanField(
        _("names the organization or its people (hidden from evaluators)"), default=False
    )
    modality_key = models.SlugField(_("only for the modality"), max_length=60, blank=True)

    columns = ("section", "label", "kind", "word_limit", "is_obligatory", "identifies")
    named_by = ("label",)

    class Meta(Block.Meta):
        verbose_name = _("question of the form")
        verbose_name_plural = _("questions of the form")

    def __str__(self):
        return self.label


class BudgetRule(Block):
    """A concept of expense that a project may (or may not) charge, with its ceilings."""

    concept = models.CharField(_("concept of expense"), max_length=200)
    is_allowed = models.BooleanField(_("may be charged to the grant"), default=True)
    maximum_share = models.DecimalField(
        _("at most, % of the grant"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    maximum = money_field(_("at most, in pesos"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    columns = ("concept", "is_allowed", "maximum_share", "maximum")
    named_by = ("concept",)

    class Meta(Block.Meta):
        verbose_name = _("budget rule")
        verbose_name_plural = _("budget rules")

    def __str__(self):
        return self.concept
