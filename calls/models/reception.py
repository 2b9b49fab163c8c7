"""The reception of an application: its sealed submission, the desk's checks, the one prevention."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calls.models.applications import Application
from programs.models import ApplicationQuestion, Requirement


class Submission(models.Model):
    """The application exactly as it was received: canonical text, SHA-256, database time."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="submission")
    received_at = models.DateTimeField()
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return self.sha256[:12]


class RequirementCheck(models.Model):
    """What the desk found of one requirement of one application.

    What another agency found of the same document of the organization's vault is not found again: the check
    then names the other one it comes from, and nobody of this agency.
    """

    class Outcome(models.TextChoices):
        MET = "met", _("Met")
        OBSERVED = "observed", _("Observed")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    comes_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "requirement"], name="requirement_checked_once"),
            models.CheckConstraint(
                condition=Q(by__isnull=False, comes_from=None)
                | Q(by=None, comes_from__isnull=False, outcome="met"),
                name="requirement_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome="met") | ~Q(note=""), name="requirement_observed_says_what"
            ),
        ]

    def __str__(self):
        return f"{self.application_id} · {self.requirement_id} · {self.outcome}"


class Prevention(models.Model):
    """The one consolidated notice of defects, with its clock in business days. ``due_at`` is not included."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="prevention")
    note = models.TextField(_("note to the organization"), blank=True)
    days = models.PositiveSmallIntegerField(_("business days"))
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.application_id}"


class Defect(models.Model):
    """One defect of a prevention: in a document or in an answer, of which kind, and what to do."""

    class Kind(models.TextChoices):
        INCORRECT = "incorrect", _("Incorrect")
        INCOMPLETE = "incomplete", _("Incomplete")
        OUTDATED = "outdated", _("Outdated")

    prevention = models.ForeignKey(Prevention, on_delete=models.CASCADE, related_name="defects")
    requirement = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.ForeignKey(
        ApplicationQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("defect"), max_length=12, choices=Kind)
    comment = models.TextField(_("what to do"))
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(requirement__isnull=False, question=None)
                | Q(requirement=None, question__isnull=False),
                name="defect_is_of_one_thing",
            )
        ]

    def __str__(self):
        return self.get_kind_display()
