"""The norms that the Rules stand on (component 1 of the Guide)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.blocks.columns import Together


class LegalReference(Block):
    """A norm and its article, where it was read and when, and whether somebody confirmed it there."""

    class Kind(models.TextChoices):
        CONSTITUTION = "constitution", _("Constitution")
        LAW = "law", _("Law or code")
        BUDGET = "budget", _("Budget decree")
        REGULATION = "regulation", _("Regulation")
        PLAN = "plan", _("Plan or program")
        OTHER = "other", _("Agreement or other")

    kind = models.CharField(_("kind of norm"), max_length=15, choices=Kind)
    norm = models.CharField(_("norm"), max_length=250)
    article = models.CharField(_("article and fraction"), max_length=150, blank=True)
    grounds = models.CharField(_("what it gives grounds for"), max_length=300, blank=True)
    link = models.URLField(_("link to the text"), max_length=300, blank=True)
    consulted_on = models.DateField(_("consulted on"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("confirmed against the official text"), default=False)

    columns = ("norm", "article", "kind", "grounds", "link", "consulted_on", "is_confirmed")
    reading_columns = (
        Together(_("norm"), ("norm", "article")),
        "grounds",
        "link",
        "consulted_on",
        "is_confirmed",
    )
    named_by = ("norm", "article")

    class Meta(Block.Meta):
        verbose_name = _("legal reference")
        verbose_name_plural = _("legal references")

    def __str__(self):
        return ", ".join(filter(None, [self.norm, self.article]))
