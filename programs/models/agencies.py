"""Agencies and their programs."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Body


def spoken(es, en):
    """The Spanish text, or the English one where English is spoken and exists."""
    return en if en and (get_language() or "").startswith("en") else es


class Agency(models.Model):
    """An agency of the state. What it does (operates, budgets, controls, guides) is dated in its duties."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="agency")
    acronym = models.CharField(_("acronym"), max_length=20, unique=True)
    unit_es = models.CharField(_("unit in charge"), max_length=250, blank=True)
    takes_part = models.BooleanField(_("one of the seven participating agencies"), default=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["acronym"]

    def __str__(self):
        return self.acronym

    @property
    def name(self):
        return spoken(self.body.name_es, self.body.name_en)


class AgencyDutyQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kind=kind)

    def current(self, *, on=None):
        on = on or timezone.localdate()
        return self.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on))

    def bodies_of(self, kind):
        """The bodies on which a duty lies today, for a filter."""
        return self.current().of_kind(kind).values("agency__body")


class AgencyDuty(models.Model):
    """What an agency does, from when until when. Only one that operates may own programs."""

    class Kind(models.TextChoices):
        OPERATES = "operates", _("Operates programs")
        BUDGETS = "budgets", _("Budgets")
        CONTROLS = "controls", _("Controls")
        GUIDES = "guides", _("Owns the Guide and the checklist")
        GUARANTOR = "guarantor", _("Guarantor authority of transparency")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=20, choices=Kind)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)

    objects = AgencyDutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], condition=Q(until=None), name="duty_held_once")
        ]

    def __str__(self):
        return f"{self.agency} {self.get_kind_display()}"


class Program(models.Model):
    """A grant program. The report counts eight and names five; the other three have no name and no agency."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="programs"
    )
    name_es = models.CharField(_("name"), max_length=250, blank=True)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(agency=None) & Q(name_es="")) | (Q(agency__isnull=False) & ~Q(name_es="")),
                name="program_identified_has_agency_and_name",
            )
        ]

    def __str__(self):
        return str(self.name)

    @property
    def is_identified(self):
        return bool(self.name_es)

    @property
    def name(self):
        return spoken(self.name_es, self.name_en) or _("To be identified")
