"""How applications are scored and who rules: criteria with levels, the pass mark, the committee's seats."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block


class Criterion(Block):
    """A criterion and its weight: the points it may give, of the hundred that all give together."""

    name = models.CharField(_("criterion"), max_length=200)
    description = models.TextField(_("what is looked at"), blank=True)
    weight = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(100)])
    favours_priority_groups = models.BooleanField(
        _("favours the reduction of inequality or priority groups"), default=False
    )
    tie_break = models.PositiveSmallIntegerField(
        _("place in the tie-break"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    columns = ("name", "weight", "favours_priority_groups", "tie_break")

    class Meta(Block.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")


class CriterionLevel(Block):
    """A level of a criterion: the points it gives and what an application must show to reach it."""

    criterion_key = models.SlugField(_("criterion"), max_length=60)
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(100)])
    label = models.CharField(_("level"), max_length=80)
    descriptor = models.TextField(_("what it takes"))

    columns = ("criterion_key", "label", "points", "descriptor")
    named_by = ("criterion_key", "points")
    parent_field = "criterion_key"
    can_be_copied = False

    class Meta(Block.Meta):
        verbose_name = _("level of a criterion")
        verbose_name_plural = _("levels of the criteria")

    def __str__(self):
        return self.label

    def refuse_among(self, others):
        """Two levels of one criterion do not give the same points: nobody could tell which one to score."""
        if any(row.points == self.points for row in others.filter(criterion_key=self.criterion_key)):
            raise ValidationError(
                {"points": _("Another level of this criterion gives these points already.")}
            )


class ScoringRule(Block):
    """The pass mark, how many evaluators read each application, and how ties are broken beyond criteria."""

    pass_mark = models.PositiveSmallIntegerField(_("pass mark"), validators=[MaxValueValidator(100)])
    evaluators = models.PositiveSmallIntegerField(
        _("evaluators for each application"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    last_tie_break = models.CharField(
        _("when a tie remains"),
        max_length=20,
        choices=[("earlier", _("the application received earlier goes first"))],
        default="earlier",
    )
    quorum = models.PositiveSmallIntegerField(_("members with a vote needed for quorum"), default=1)

    columns = ("pass_mark", "evaluators", "last_tie_break", "quorum")
    named_by = ()
    is_single = True

    class Meta(Block.Meta):
        verbose_name = _("rule of scoring")
        verbose_name_plural = _("rules of scoring")
        constraints = [
            *Block.Meta.constraints,
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="scoringrule_pass_mark_within_100"),
        ]

    def __str__(self):
        return str(self.pass_mark)


class CommitteeSeat(Block):
    """A seat of the ruling committee: who holds it, how they were chosen, what they may do (GP-03)."""

    class Kind(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Technical secretary")
        MEMBER = "member", _("Member")

    kind = models.CharField(_("seat"), max_length=12, choices=Kind)
    name = models.CharField(_("institution or profile"), max_length=200)
    chosen_by = models.CharField(_("how the person is chosen"), max_length=300, blank=True)
    powers = models.TextField(_("powers"), blank=True)
    has_voice = models.BooleanField(_("voice"), default=True)
    has_vote = models.BooleanField(_("vote"), default=True)

    columns = ("kind", "name", "chosen_by", "powers", "has_voice", "has_vote")

    class Meta(Block.Meta):
        verbose_name = _("seat of the committee")
        verbose_name_plural = _("seats of the committee")
