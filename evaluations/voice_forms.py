"""What is typed after the ruling: what an organization asks, and what the agency answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entries import Refusable
from evaluations.forms import OwedText
from evaluations.models import FeedbackReason
from evaluations.models.feedback import LONGEST_ANSWER, LONGEST_QUESTION
from evaluations.remedy_forms import OwedChoice

LONG, LONGER = {"rows": 3}, {"rows": 10}


class AskForm(Refusable):
    """What an organization wants to know, in general and about each criterion. Nothing is owed."""

    question = forms.CharField(
        label=_("What you want to know"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You may leave everything empty: then the agency explains the result as a whole."),
    )

    def __init__(self, data=None, *, criteria, **options):
        super().__init__(data, **options)
        self.keys = [criterion.key for criterion in criteria]
        for criterion in criteria:
            self.fields[f"criterion-{criterion.key}"] = forms.CharField(
                label=criterion.name, required=False, max_length=LONGEST_QUESTION,
                widget=forms.Textarea(attrs=LONG),
            )  # fmt: skip

    def about_criteria(self):
        return [self[f"criterion-{key}"] for key in self.keys]

    def points(self):
        return {key: self.cleaned_data.get(f"criterion-{key}", "") for key in self.keys}


class AnswerFeedbackForm(Refusable):
    """The answer, the main reason, and something to each question. What is owed, the act says."""

    answer = OwedText(
        label=_("The answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs=LONGER),
        help_text=_(
            "The organization reads it, with the committee and the comptroller. Name no evaluator and no "
            "other organization."
        ),
    )
    main_reason = OwedChoice(
        label=_("Main reason of the result"),
        widget=forms.RadioSelect,
        choices=FeedbackReason.choices,
        help_text=_("It is counted in public by call, never beside a name."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, request, **options):
        self.asked = list(request.points.all())
        initial = {"answer": request.answer, "main_reason": request.main_reason, "version": request.version}
        super().__init__(data, initial=initial, **options)
        for point in self.asked:
            self.fields[f"point-{point.pk}"] = OwedText(
                label=_("Answer about “%(criterion)s”") % {"criterion": point.criterion.name},
                max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs=LONG), initial=point.answer,
                help_text=point.question,
            )  # fmt: skip

    def about_criteria(self):
        return [self[f"point-{point.pk}"] for point in self.asked]

    def entries(self):
        """What was typed, for the act."""
        given = self.cleaned_data
        return {
            "answer": given["answer"],
            "main_reason": given["main_reason"],
            "version": given["version"],
            "points": {point.pk: given[f"point-{point.pk}"] for point in self.asked},
        }
