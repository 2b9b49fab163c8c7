from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """One of the 125 municipalities of Jalisco, by INEGI key; its tile is our own arrangement for charts."""

    key = models.CharField(_("INEGI key"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    region = models.CharField(_("region"), max_length=40)
    postal_min = models.CharField(max_length=5)
    postal_max = models.CharField(max_length=5)
    tile_column = models.PositiveSmallIntegerField()
    tile_row = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name


class NonWorkingDay(models.Model):
    """A day that business-day clocks skip, with the source that says so; edited by an administrator."""

    on = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        ordering = ["on"]
        verbose_name = _("non-working day")
        verbose_name_plural = _("non-working days")

    def __str__(self):
        return f"{self.on:%d/%m/%Y} {self.name}"
