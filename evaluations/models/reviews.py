"""Who scores which application, under which alias, and what they found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Membership, Role
from calls.models import Application
from evaluations.states import ReviewState
from programs.models import Criterion, CriterionLevel


class AssignmentQuerySet(models.QuerySet):
    """Assignments read as a sentence: ``Assignment.objects.active().of(user)``."""

    def active(self):
        return self.filter(withdrawn_at=None)

    def of_call(self, call):
        return self.filter(application__call=call)

    def by_hand(self):
        """Given by a person's choice and not by the draw."""
        return self.filter(draw=None)

    def visible_to(self, user):
        """What ``evaluations.view_assignment`` allows, as a filter (a test keeps the two equal).

        An evaluator sees their own files while they belong to the pool of the call's committee, the file
        was not withdrawn and they are not barred from it. Nobody sees those of others.
        """
        if not user.is_authenticated:
            return self.none()
        pools = Membership.objects.filter(user=user).current().with_role(Role.EVALUATOR).values("body")
        mine = self.active().filter(evaluator=user, application__call__committee__body__in=pools)
        return mine.exclude(application__barred__user=user)


class Assignment(models.Model):
    """An application given to an evaluator, who knows it by an alias of their own and nothing else."""

    alias = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assignments")
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Without it, somebody gave the file by hand
    draw = models.ForeignKey(
        "evaluations.Draw", null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["application", "evaluator"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""), name="assignment_withdrawn_says_why"
            ),
        ]

    def __str__(self):
        return self.alias

    def get_absolute_url(self):
        return reverse("evaluations:scoring", args=[self.alias])

    @property
    def code(self):
        """What the trail may say of it: the alias, never the folio."""
        return self.alias


class ReviewQuerySet(models.QuerySet):
    def counted(self):
        """Reviews that count: handed in, of files that were not withdrawn."""
        return self.filter(state=ReviewState.HANDED_IN, assignment__withdrawn_at=None)

    def pending(self):
        return self.filter(state=ReviewState.DRAFT, assignment__withdrawn_at=None)

    def of_call(self, call):
        return self.filter(assignment__application__call=call)


class HandedInOnce(models.Model):
    """What one evaluator scores: a draft until it is handed in, with the digest of its scores."""

    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.DRAFT)
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2, null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    scores_sha256 = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_editable(self):
        return self.state == ReviewState.DRAFT


class Review(HandedInOnce):
    """What one evaluator found of one application. Handed in, it is frozen until the chair reopens it."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handed_in")
                | (Q(total__isnull=False, handed_in_at__isnull=False) & ~Q(scores_sha256="")),
                name="review_handed_in_is_complete",
            )
        ]

    def __str__(self):
        return self.assignment.alias

    @property
    def code(self):
        return self.assignment.alias


class Score(models.Model):
    """The level reached in one criterion, why (the organization reads it) and a note for oneself."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    level = models.ForeignKey(
        CriterionLevel, null=True, blank=True, on_delete=models.PROTECT, related_name="scores"
    )
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    justification = models.TextField(_("justification, which the organization will read"), blank=True)
    private_note = models.TextField(_("private note"), blank=True)
    is_sealed = models.BooleanField(default=False, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(level=None, points=None) | Q(level__isnull=False, points__isnull=False),
                name="score_points_are_of_a_level",
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=False) | (Q(points__isnull=False) & ~Q(justification="")),
                name="score_sealed_is_justified",
            ),
        ]

    def __str__(self):
        return f"{self.review_id} · {self.criterion_id}"
