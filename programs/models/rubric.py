"""The rubric of a Guide, by which planning rates editions, and each rating with the agency's replies."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programs.models.agencies import spoken
from programs.models.editions import Edition
from programs.models.guide import Component, GuideEdition
from programs.models.publications import Publication
from programs.states import RatingState


class Axis(models.TextChoices):
    """The four axes of the state's consistency assessments of 2015 to 2017."""

    LEGAL = "legal", _("Legal instruments")
    OPERATION = "operation", _("Design and operation")
    RESULTS = "results", _("Mechanisms to verify results")
    TRANSPARENCY = "transparency", _("Transparency and accountability")


class RatingLevel(models.TextChoices):
    """How much of what a criterion asks is in the Rules."""

    ABSENT = "absent", _("Absent")
    PARTIAL = "partial", _("Partial")
    COMPLETE = "complete", _("Complete")


class Rubric(models.Model):
    """The rubric of a Guide. Until planning confirms it, every page says that it is not the official one."""

    guide = models.OneToOneField(GuideEdition, on_delete=models.PROTECT, related_name="rubric")
    note = models.TextField(_("note"), blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("rubric")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | ~Q(source=""), name="rubric_confirmed_names_its_source"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} · {self.guide}"


@dataclass(frozen=True)
class Level:
    """A level of a criterion: what is sent, its points, its name and what it means here."""

    value: str
    points: int
    label: str
    descriptor: str


class RubricCriterion(models.Model):
    """What one criterion asks of a component, its most points, and what each level means."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="criteria")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="criteria")
    key = models.SlugField(max_length=60)
    axis = models.CharField(_("axis"), max_length=15, choices=Axis)
    statement_es = models.TextField(_("what it asks"))
    statement_en = models.TextField(_("what it asks, in English"), blank=True)
    max_points = models.PositiveSmallIntegerField(_("most points"), default=2)
    partial_points = models.PositiveSmallIntegerField(_("points when partial"), default=1)
    absent = models.TextField(_("when it is absent"), blank=True)
    partial = models.TextField(_("when it is partial"), blank=True)
    complete = models.TextField(_("when it is complete"), blank=True)

    class Meta:
        ordering = ["component__number", "pk"]
        verbose_name = _("criterion of the rubric")
        verbose_name_plural = _("criteria of the rubric")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="rubric_criterion_once"),
            models.CheckConstraint(
                condition=Q(partial_points__gt=0, max_points__gt=F("partial_points")),
                name="rubric_partial_is_between_nothing_and_all",
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def statement(self):
        return spoken(self.statement_es, self.statement_en)

    @property
    def levels(self):
        """From nothing to all."""
        points = {RatingLevel.ABSENT: 0, RatingLevel.PARTIAL: self.partial_points}
        return [
            Level(
                level.value, points.get(level, self.max_points), str(level.label), getattr(self, level.value)
            )
            for level in RatingLevel
        ]

    def points_of(self, level):
        return next(one.points for one in self.levels if one.value == level)


class RatingQuerySet(models.QuerySet):
    """Ratings read as a sentence: ``Rating.objects.handed_in().visible_to(ana)``."""

    def handed_in(self):
        return self.filter(state=RatingState.HANDED_IN)

    def visible_to(self, user):
        """What was handed in of the editions that a person may read."""
        return self.handed_in().filter(edition__in=Edition.objects.visible_to(user))

    def public(self):
        return self.handed_in().filter(edition__in=Edition.objects.public())

    def last_of_each(self):
        """Of each edition the last that was handed in."""
        later = Rating.objects.handed_in().filter(edition=OuterRef("edition"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class Rating(models.Model):
    """One edition rated by the rubric of its Guide. It may be rated again: the last handed in counts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="ratings")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="ratings")
    publication = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(max_length=10, choices=RatingState, default=RatingState.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    points = models.PositiveIntegerField(_("points"), null=True, blank=True)
    out_of = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    marks_sha256 = models.CharField(max_length=64, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating by the rubric")
        verbose_name_plural = _("ratings by the rubric")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="rating_numbered"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state="draft"), name="rating_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_in")
                | Q(handed_in_by__isnull=False, points__isnull=False, out_of__gt=0, points__lte=F("out_of")),
                name="rating_handed_in_has_its_result",
            ),
        ]

    def __str__(self):
        return f"{self.edition} · {self.number}"

    @property
    def code(self):
        return f"{self.edition.code}-V{self.number}"


class RatingMark(models.Model):
    """What planning's assessor gave one criterion, and what the agency replies to it."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(RubricCriterion, on_delete=models.PROTECT, related_name="marks")
    level = models.CharField(_("level"), max_length=10, choices=RatingLevel)
    points = models.PositiveSmallIntegerField(_("points"))
    comment = models.TextField(_("comment"), blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(_("the agency's reply"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["criterion__component__number", "criterion__pk"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "criterion"], name="mark_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(level="complete") | ~Q(comment=""), name="mark_short_of_complete_says_why"
            ),
            models.CheckConstraint(
                condition=Q(reply="") | Q(replied_by__isnull=False, replied_at__isnull=False),
                name="mark_replied_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.rating} · {self.criterion}"
