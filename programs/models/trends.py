"""How the practices stood on a day: kept so that a trend does not change when an assessment does."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.agencies import Program


class HarmonyDayQuerySet(models.QuerySet):
    def of_year(self, year):
        return self.filter(fiscal_year=year)

    def totals(self):
        """The rows of all programs together, one a day."""
        return self.filter(program=None)

    def of_programs(self):
        return self.exclude(program=None)


class HarmonyDay(models.Model):
    """The practices of a program's public edition of a fiscal year as they stood on a day. Never rewritten.

    Without a program it is the sum of all that have a name. A day without a row stood as the last one that
    has it. ``counts`` says how many of the counted practices had each verdict; ``verdicts`` names the verdict
    of each practice, by code, those apart included; what is not named had no data.
    """

    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="harmony_days"
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    on = models.DateField(_("day"))
    adopted = models.PositiveIntegerField(_("practices adopted"))
    cells = models.PositiveIntegerField(_("practices that count"))
    counts = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = HarmonyDayQuerySet.as_manager()

    class Meta:
        ordering = ["fiscal_year", "on", "program__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "fiscal_year", "on"],
                condition=Q(program__isnull=False),
                name="harmony_day_once_a_program",
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "on"], condition=Q(program=None), name="harmony_day_one_total"
            ),
            models.CheckConstraint(
                condition=Q(adopted__lte=F("cells")), name="harmony_day_adopts_no_more_than_there_is"
            ),
        ]

    def __str__(self):
        return f"{self.program or '—'} · {self.fiscal_year} · {self.on}"
