"""What was handed in, each time that it was: a review that is reopened keeps what it said before."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluations.models.reviews import Review
from programs.models import Criterion, CriterionLevel


class HandedInQuerySet(models.QuerySet):
    def of_call(self, call):
        return self.filter(review__assignment__application__call=call)

    def reopened(self):
        """Those that were given back to their evaluators."""
        return self.filter(reopening__isnull=False)

    def shown_to(self, user):
        """Without those of files that do not exist for this person, nor those that left the evaluation."""
        active = self.filter(review__assignment__withdrawn_at=None)
        return active.exclude(review__assignment__application__barred__user=user)


class HandedIn(models.Model):
    """A review as it was handed in, the first time or after a reopening. The database keeps it so."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    total = models.DecimalField(_("total"), max_digits=6, decimal_places=2)
    handed_in_at = models.DateTimeField()
    scores_sha256 = models.CharField(max_length=64)

    objects = HandedInQuerySet.as_manager()

    class Meta:
        verbose_name = _("review as it was handed in")
        verbose_name_plural = _("reviews as they were handed in")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="handed_in_numbered"),
            models.UniqueConstraint(fields=["review", "handed_in_at"], name="handed_in_kept_once"),
        ]

    def __str__(self):
        return f"{self.review_id} · {self.number}"

    @property
    def why_reopened(self):
        """The reason, when it was given back; to be asked of versions read with their reopening."""
        reopening = getattr(self, "reopening", None)
        return reopening.reason if reopening else ""


class HandedInScore(models.Model):
    """A score as it was handed in; the private note stays its author's."""

    version = models.ForeignKey(HandedIn, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(CriterionLevel, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("points"))
    justification = models.TextField(_("justification, which the organization will read"))
    private_note = models.TextField(_("private note"), blank=True)

    class Meta:
        verbose_name = _("score as it was handed in")
        verbose_name_plural = _("scores as they were handed in")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "criterion"], name="handed_in_score_once_per_criterion"
            )
        ]

    def __str__(self):
        return f"{self.version_id} · {self.criterion_id}"


class Reopening(models.Model):
    """Who gave a review back to its evaluator, when and why."""

    version = models.OneToOneField(HandedIn, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField(_("reason"))
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reopening of a review")
        verbose_name_plural = _("reopenings of reviews")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why")]

    def __str__(self):
        return f"{self.version_id}"
