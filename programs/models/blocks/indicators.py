"""The results indicator matrix (component 12 of the Guide): what is measured at each level, and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.blocks.columns import Together


class Indicator(Block):
    """An indicator of one level of the matrix; its formula, goal and means are what makes it readable."""

    class Level(models.TextChoices):
        END = "end", _("End")
        PURPOSE = "purpose", _("Purpose")
        COMPONENT = "component", _("Component")
        ACTIVITY = "activity", _("Activity")

    class Dimension(models.TextChoices):
        EFFECTIVENESS = "effectiveness", _("Effectiveness")
        EFFICIENCY = "efficiency", _("Efficiency")
        ECONOMY = "economy", _("Economy")
        QUALITY = "quality", _("Quality")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        HALF_YEARLY = "half_yearly", _("Half-yearly")
        YEARLY = "yearly", _("Yearly")
        TWO_YEARLY = "two_yearly", _("Every two years")

    level = models.CharField(_("level"), max_length=12, choices=Level)
    summary = models.CharField(_("objective of the level"), max_length=300, blank=True)
    name = models.CharField(_("indicator"), max_length=200)
    formula = models.TextField(_("formula"), blank=True)
    measure = models.CharField(_("unit of measure"), max_length=80, blank=True)
    dimension = models.CharField(_("dimension"), max_length=15, choices=Dimension, blank=True)
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2, null=True, blank=True)
    goal = models.DecimalField(_("goal"), max_digits=12, decimal_places=2, null=True, blank=True)
    means = models.TextField(_("means of verification"), blank=True)
    assumptions = models.TextField(_("assumptions"), blank=True)

    columns = (
        "name", "level", "summary", "formula", "measure", "dimension", "frequency", "baseline", "goal",
        "means", "assumptions",
    )  # fmt: skip

    reading_columns = (
        "level",
        Together(_("indicator"), ("name", "summary")),
        "formula",
        Together(_("measure"), ("measure", "dimension", "frequency")),
        "goal",
        "baseline",
        Together(_("means of verification"), ("means", "assumptions"), said=("assumptions",)),
    )

    class Meta(Block.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
