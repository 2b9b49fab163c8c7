"""The Guide: the sections and components of which every edition of the Rules is an instance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.agencies import spoken


class GuideEdition(models.Model):
    """One year's Guide for preparing Rules of Operation, owned by the planning secretariat."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=250)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("edition of the Guide")
        verbose_name_plural = _("editions of the Guide")

    def __str__(self):
        return self.title


class GuideSection(models.Model):
    """A section of the Guide (I to V)."""

    guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="sections")
    numeral = models.CharField(max_length=5)
    title_es = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["guide", "numeral"], name="section_once_in_a_guide")]

    def __str__(self):
        return f"{self.numeral}. {self.title}"

    @property
    def title(self):
        return spoken(self.title_es, self.title_en)


class LockLevel(models.TextChoices):
    """What of a component the Guide leaves to the agencies."""

    FREE = "free", _("Free")
    VARIABLES = "variables", _("Variables only")
    LOCKED = "locked", _("Locked")


class Component(models.Model):
    """A numbered component of a Guide. Known by its slug: numbers and titles change from year to year.

    A component that is not free takes its text from ``model_text``; where only variables are free, those
    are what it marks as ``{name}``.
    """

    guide = models.ForeignKey(GuideEdition, on_delete=models.PROTECT, related_name="components")
    section = models.ForeignKey(GuideSection, on_delete=models.PROTECT, related_name="components")
    slug = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField(_("number"))
    title_es = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    blocks = models.JSONField(_("blocks of data"), default=list, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    renamed_from = models.CharField(max_length=200, blank=True)
    renamed_in = models.PositiveSmallIntegerField(null=True, blank=True)
    lock_level = models.CharField(_("lock"), max_length=10, choices=LockLevel, default=LockLevel.FREE)
    lock_reason = models.TextField(_("why it is locked"), blank=True)
    model_text = models.TextField(_("model text"), blank=True)
    help = models.TextField(_("help for those who write it"), blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("component")
        verbose_name_plural = _("components")
        constraints = [
            models.UniqueConstraint(fields=["guide", "slug"], name="component_once_in_a_guide"),
            models.CheckConstraint(
                condition=Q(lock_level="free") | (~Q(lock_reason="") & ~Q(model_text="")),
                name="component_locked_says_why_and_gives_its_text",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @property
    def title(self):
        return spoken(self.title_es, self.title_en)
