"""Who may read which application beyond its organization and the agency; written by acts of evaluation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReadingRightQuerySet(models.QuerySet):
    def of_committee(self, user):
        """What an act let a member of a ruling committee read, and still does."""
        return self.filter(user=user, until=None, kind=ReadingRight.Kind.COMMITTEE)


class ReadingRight(models.Model):
    """A person may read an application, in a capacity, from a moment until another (not included)."""

    class Kind(models.TextChoices):
        EVALUATOR = "evaluator", _("Evaluator (blind)")
        COMMITTEE = "committee", _("Ruling committee")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_rights"
    )
    application = models.ForeignKey(
        "calls.Application", on_delete=models.PROTECT, related_name="reading_rights"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = ReadingRightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "application", "kind"], condition=Q(until=None), name="reading_right_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.user_id} {self.application_id}"


class Barred(models.Model):
    """A person with a conflict: the application does not exist for them, anywhere, from then on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="barred_from")
    application = models.ForeignKey("calls.Application", on_delete=models.PROTECT, related_name="barred")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "application"], name="barred_once")]

    def __str__(self):
        return f"{self.user_id} {self.application_id}"
