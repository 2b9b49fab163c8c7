"""What an application says: answers, eligibility, documents, budget."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls.models.applications import Application
from calls.models.vault import VaultDocument
from documents.models import Document
from programs.models import ApplicationQuestion, BudgetRule, EligibilityRule, Municipality, Requirement
from programs.models.blocks.money import money_field


class Answer(models.Model):
    """The answer to one question, in the column of its kind; ``version`` grows with every save, to merge."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(ApplicationQuestion, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField(default=1)
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    amount = money_field("", null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="answer_once_per_question")
        ]

    def __str__(self):
        return f"{self.application_id} · {self.question_id}"


class EligibilityAnswer(models.Model):
    """The applicant's yes or no to one eligibility rule."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="eligibility_answers")
    rule = models.ForeignKey(EligibilityRule, on_delete=models.PROTECT, related_name="answers")
    answer = models.BooleanField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "rule"], name="eligibility_answered_once")
        ]

    def __str__(self):
        return f"{self.application_id} · {self.rule_id}"


class SuppliedDocumentQuerySet(models.QuerySet):
    def handed_in(self):
        """Without what was replaced in the draft: that was never received."""
        received = F("application__submitted_at")
        return self.filter(Q(replaced_at=None) | Q(replaced_at__gt=received))


class SuppliedDocument(models.Model):
    """A file handed in for a requirement or as the answer to a question; a newer one replaces it.

    The older one is kept.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplied")
    requirement = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="supplied"
    )
    question = models.ForeignKey(
        ApplicationQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="supplied"
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    from_vault = models.ForeignKey(
        VaultDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="uses"
    )
    supplied_at = models.DateTimeField()
    supplied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SuppliedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["requirement__position", "supplied_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "requirement"],
                condition=Q(replaced_at=None),
                name="supplied_one_current_per_requirement",
            ),
            models.UniqueConstraint(
                fields=["application", "question"],
                condition=Q(replaced_at=None),
                name="supplied_one_current_per_question",
            ),
            models.CheckConstraint(
                condition=Q(requirement__isnull=False, question=None)
                | Q(requirement=None, question__isnull=False, from_vault=None),
                name="supplied_for_a_requirement_or_a_question",
            ),
        ]

    def __str__(self):
        return f"{self.application_id} · {self.requirement_id or self.question_id}"

    @property
    def asked(self):
        """The requirement or the question that it answers."""
        return self.requirement or self.question

    @property
    def text(self):
        """What is read where an answer is a text: the name of the file."""
        return self.document.name


class BudgetLine(models.Model):
    """One line of the project's budget: what the grant pays, what the organization adds in money or kind."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget_lines")
    rule = models.ForeignKey(
        BudgetRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("concept")
    )
    description = models.CharField(_("description"), max_length=250)
    from_grant = money_field(_("from the grant"), default=0)
    own_money = money_field(_("own contribution in money"), default=0)
    own_kind = money_field(_("own contribution in kind"), default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_grant__gte=0, own_money__gte=0, own_kind__gte=0),
                name="budget_line_amounts_not_negative",
            )
        ]

    def __str__(self):
        return self.description

    @property
    def rule_key(self):
        return self.rule.key


class SetAside(models.Model):
    """What a person typed in a field that somebody else had changed meanwhile: kept until settled.

    ``field`` is the field's name in the form: a question's key, or a field of the project.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="set_aside")
    field = models.CharField(max_length=70)
    text = models.TextField(_("what was typed"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["application", "settled_at"], name="set_aside_open")]

    def __str__(self):
        return f"{self.application_id} · {self.field}"
