"""The sample file that every evaluator of a call scores, and what each found of it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calls.models import Application, Call
from evaluations.models.reviews import HandedInOnce
from evaluations.states import ReviewState
from programs.models import Criterion, CriterionLevel


class Calibration(models.Model):
    """The one sample of a call: a text made up for it, or a past application made anonymous by hand.

    Once somebody scored it the database keeps it as it was: everybody scores the same.
    """

    class Kind(models.TextChoices):
        SYNTHETIC = "synthetic", _("A text made up for this purpose")
        PAST = "past", _("An application of a past call, made anonymous by hand")

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="calibration")
    kind = models.CharField(_("what the sample is"), max_length=12, choices=Kind)
    title = models.CharField(_("title of the project"), max_length=200)
    text = models.TextField(_("the sample"))
    source = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="samples"
    )
    is_required = models.BooleanField(_("before the first real file"), default=False)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sample file")
        verbose_name_plural = _("sample files")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="past", source__isnull=False) | Q(kind="synthetic", source=None),
                name="sample_has_a_source_if_it_is_past",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(title=""), name="sample_says_something"),
        ]

    def __str__(self):
        return self.title

    @property
    def code(self):
        """What the trail may say of it: the call, never the application it comes from."""
        return self.call.folio


class SampleReviewQuerySet(models.QuerySet):
    def handed_in(self):
        return self.filter(state=ReviewState.HANDED_IN)

    def of_call(self, call):
        return self.filter(calibration__call=call)


class SampleReview(HandedInOnce):
    """What one evaluator found of the sample. It never counts for any application."""

    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="reviews")
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sample_reviews"
    )

    objects = SampleReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of the sample")
        verbose_name_plural = _("reviews of the sample")
        constraints = [
            models.UniqueConstraint(fields=["calibration", "evaluator"], name="sample_reviewed_once"),
            models.CheckConstraint(
                condition=~Q(state="handed_in")
                | (Q(total__isnull=False, handed_in_at__isnull=False) & ~Q(scores_sha256="")),
                name="sample_review_handed_in_is_complete",
            ),
        ]

    def __str__(self):
        return f"{self.calibration_id} · {self.pk}"

    @property
    def code(self):
        return self.calibration.code


class SampleScore(models.Model):
    """The level that the sample reaches in one criterion, and why."""

    review = models.ForeignKey(SampleReview, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(
        CriterionLevel, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    justification = models.TextField(_("justification"), blank=True)
    is_sealed = models.BooleanField(default=False, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("score of the sample")
        verbose_name_plural = _("scores of the sample")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="sample_score_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(level=None, points=None) | Q(level__isnull=False, points__isnull=False),
                name="sample_score_points_are_of_a_level",
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=False) | (Q(points__isnull=False) & ~Q(justification="")),
                name="sample_score_sealed_is_justified",
            ),
        ]

    def __str__(self):
        return f"{self.review_id} · {self.criterion_id}"


def sample_owed():
    """Of an assignment: whether its evaluator has to hand in the sample before its file is opened."""
    done = SampleReview.objects.handed_in().filter(
        calibration=OuterRef("pk"), evaluator=OuterRef(OuterRef("evaluator"))
    )
    return Exists(
        Calibration.objects.filter(call=OuterRef("application__call"), is_required=True).exclude(Exists(done))
    )
