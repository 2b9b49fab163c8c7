"""What decides who may apply, what the form asks, and how a project's budget may be made."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.blocks.base import Block
from programs.models.blocks.money import money_field

YES, NO = _("yes"), _("no")
YES_OR_NO = {"yes": "yes", "sí": "yes", "si": "yes", "no": "no"}


class EligibilityRule(Block):
    """A condition to apply, asked as a yes-or-no question to the applicant."""

    statement = models.TextField(_("condition"))
    question = models.CharField(_("question to the applicant"), max_length=300)
    right_answer = models.BooleanField(_("answer that allows to apply"), default=True)
    how_to_fix = models.TextField(_("what to do when it is not met"), blank=True)

    columns = ("statement", "question", "right_answer")
    named_by = ("question",)

    class Meta(Block.Meta):
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")

    def __str__(self):
        return self.question


class ApplicationQuestion(Block):
    """A question of the application form."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text")
        NUMBER = "number", _("Number")
        MONEY = "money", _("Amount in pesos")
        DATE = "date", _("Date")
        MUNICIPALITY = "municipality", _("Municipality")
        MUNICIPALITIES = "municipalities", _("Municipalities that the project covers")
        CHOICE = "choice", _("One of a list")
        YES_NO = "yes_no", _("Yes or no")
        TABLE = "table", _("Table with rows")
        INDICATORS = "indicators", _("Indicators with their baseline and goal")
        FILE = "file", _("A file")

    section = models.CharField(_("section of the form"), max_length=120)
    label = models.CharField(_("question"), max_length=300)
    help = models.TextField(_("help"), blank=True)
    kind = models.CharField(_("kind of answer"), max_length=15, choices=Kind)
    choices = models.TextField(
        _("choices, or columns of the table, one a line"),
        blank=True,
        help_text=_("A column that ends in # holds numbers; one that ends in $, amounts."),
    )
    file_format = models.CharField(
        _("format of the file"),
        max_length=60,
        blank=True,
        help_text=_("Of a file that is asked for, as in: PDF or image. Empty, the usual ones are accepted."),
    )
    word_limit = models.PositiveIntegerField(_("at most so many words"), null=True, blank=True)
    is_obligatory = models.BooleanField(_("obligatory"), default=True)
    identifies = models.BooleanField(
        _("names the organization or its people (hidden from evaluators)"), default=False
    )
    modality_key = models.SlugField(_("only for the modality"), max_length=60, blank=True)
    question_key = models.SlugField(_("only after this question"), max_length=60, blank=True)
    question_answer = models.CharField(
        _("when its answer is"),
        max_length=200,
        blank=True,
        help_text=_("One of its choices, word for word; of a yes-or-no question: yes or no."),
    )

    columns = ("section", "label", "kind", "word_limit", "is_obligatory", "identifies")
    named_by = ("label",)

    class Meta(Block.Meta):
        verbose_name = _("question of the form")
        verbose_name_plural = _("questions of the form")
        constraints = [
            *Block.Meta.constraints,
            models.CheckConstraint(
                condition=Q(question_key="", question_answer="")
                | (~Q(question_key="") & ~Q(question_answer="")),
                name="applicationquestion_condition_is_whole",
                violation_error_message=_("Say after which question it comes, and with which answer."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def choice_lines(self):
        """The choices of a list, or the columns of a table."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    @property
    def is_tabular(self):
        return self.kind in (self.Kind.TABLE, self.Kind.INDICATORS)

    @property
    def is_file(self):
        return self.kind == self.Kind.FILE

    @property
    def options(self):
        """What may be answered to it, where it offers a choice."""
        if self.kind == self.Kind.YES_NO:
            return [str(YES), str(NO)]
        return self.choice_lines if self.kind == self.Kind.CHOICE else []

    def value_of(self, answer):
        """An answer that somebody waits for, as it is kept; nothing when it offers no such answer."""
        if self.kind == self.Kind.YES_NO:
            return YES_OR_NO.get(answer.strip().casefold(), "")
        return answer.strip() if answer.strip() in self.options else ""

    def refuse_among(self, others):
        """A condition names another question, which does not wait for this one, and an answer it offers."""
        if not self.question_key:
            return
        rows = {row.key: row for row in others}
        named = rows.get(self.question_key)
        if named is None or not named.options or self._is_waited_for(named, rows):
            message = _("Choose another question, of the kind “one of a list” or “yes or no”.")
            raise ValidationError({"question_key": message})
        if not named.value_of(self.question_answer):
            offered = ", ".join(named.options)
            message = _("It is none of its answers. Write one of these: %(offered)s.") % {"offered": offered}
            raise ValidationError({"question_answer": message})

    def _is_waited_for(self, named, rows):
        """Whether that question waits, itself or through others, for this one."""
        seen = set()
        while named is not None and named.key not in seen:
            if named.question_key == self.key:
                return True
            seen.add(named.key)
            named = rows.get(named.question_key)
        return False


class BudgetRule(Block):
    """A concept of expense that a project may (or may not) charge, with its ceilings."""

    concept = models.CharField(_("concept of expense"), max_length=200)
    is_allowed = models.BooleanField(_("may be charged to the grant"), default=True)
    maximum_share = models.DecimalField(
        _("at most, % of the grant"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    maximum = money_field(_("at most, in pesos"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    columns = ("concept", "is_allowed", "maximum_share", "maximum")
    named_by = ("concept",)

    class Meta(Block.Meta):
        verbose_name = _("budget rule")
        verbose_name_plural = _("budget rules")

    def __str__(self):
        return self.concept
