"""Where the program works (component 6 of the Guide): the state, some regions, or some municipalities."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.territory import Municipality

STATE = "Jalisco"


class CoverageArea(Block):
    """The whole state, a region or a municipality. ``name`` is that of the place, taken from its list."""

    class Level(models.TextChoices):
        STATE = "state", _("The whole state")
        REGION = "region", _("A region")
        MUNICIPALITY = "municipality", _("A municipality")

    level = models.CharField(_("scope"), max_length=15, choices=Level)
    region = models.CharField(_("region"), max_length=40, blank=True)
    municipality_key = models.CharField(_("municipality"), max_length=5, blank=True)
    name = models.CharField(_("place"), max_length=80, editable=False)
    is_priority = models.BooleanField(_("of priority attention"), default=False)
    note = models.CharField(_("why, or with what limits"), max_length=300, blank=True)

    columns = ("name", "level", "region", "is_priority", "note")
    named_by = ("level", "region", "municipality_key")
    can_be_copied = False

    class Meta(Block.Meta):
        verbose_name = _("area of coverage")
        verbose_name_plural = _("coverage")
        constraints = [
            *Block.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "level", "region", "municipality_key"],
                condition=Q(publication=None),
                name="coveragearea_once_in_a_draft",
                violation_error_message=_("This place is in the coverage already."),
            ),
            models.CheckConstraint(
                condition=Q(level="state", region="", municipality_key="")
                | (Q(level="region", municipality_key="") & ~Q(region=""))
                | (Q(level="municipality") & ~Q(region="") & ~Q(municipality_key="")),
                name="coveragearea_names_its_place",
                violation_error_message=_("Choose the region or the municipality."),
            ),
        ]

    def clean(self):
        """Leave out what the scope does not use, and take names and regions from the list of places."""
        {"state": self._be_the_state, "region": self._be_a_region}.get(self.level, self._be_a_municipality)()

    def _be_the_state(self):
        self.region, self.municipality_key, self.name = "", "", STATE

    def _be_a_region(self):
        if not Municipality.objects.filter(region=self.region).exists():
            raise ValidationError({"region": _("Choose one of the regions.")})
        self.municipality_key, self.name = "", self.region

    def _be_a_municipality(self):
        place = Municipality.objects.filter(key=self.municipality_key).first()
        if place is None:
            raise ValidationError({"municipality_key": _("Choose one of the municipalities.")})
        self.region, self.name = place.region, place.name

    def refuse_among(self, others):
        """The whole state is not covered together with some of its parts."""
        both = self.level == self.Level.STATE or any(row.level == self.Level.STATE for row in others)
        if others and both:
            message = _("The whole state holds every region and municipality: keep it, or keep them.")
            raise ValidationError({"level": message})
