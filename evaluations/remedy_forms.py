"""What is typed in a remedy or a report, and in what is decided of them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entries import Refusable
from documents.forms import CheckedFileField, accepted_in_words
from evaluations.forms import OwedText
from evaluations.models import Dismissal, Outcome, RemedyOutcome
from evaluations.models.remedies import LONGEST_TEXT
from evaluations.sealing import KINDS, MOST_FILES


class OwedChoice(forms.ChoiceField):
    """A choice that is owed when the act is done: empty, the act says so at this field."""

    def validate(self, value):
        if value:
            super().validate(value)


class FilingForm(Refusable):
    """The text and up to three files. The key makes a second press give the first answer again."""

    text = forms.CharField(
        label=_("What you ask for and why"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Say which part of the result you mean and what you ask the authority to do."),
        error_messages={"required": _("Write what you ask for and why.")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in range(1, MOST_FILES + 1):
            self.fields[f"file{number}"] = CheckedFileField(
                label=_("File %(number)d") % {"number": number}, required=False, allowed=KINDS,
                help_text=accepted_in_words(KINDS),
            )  # fmt: skip

    def attached(self):
        return [self[f"file{number}"] for number in range(1, MOST_FILES + 1)]

    def files_given(self):
        given = (self.cleaned_data.get(f"file{number}") for number in range(1, MOST_FILES + 1))
        return [file for file in given if file]


class ReportForm(FilingForm):
    """The same, and whether it is made without a name, where the Rules let it."""

    anonymous = forms.BooleanField(
        label=_("Do not keep my name nor that of my organization"),
        required=False,
        help_text=_(
            "Ticked, nobody can tell you how it ends. Write nothing, and attach nothing, that tells who "
            "you are."
        ),
    )

    def __init__(self, *args, allows_anonymous, **options):
        super().__init__(*args, **options)
        self.fields["text"].help_text = _("Say what happened, when, and who was there.")
        if not allows_anonymous:
            del self.fields["anonymous"]


class Deciding(Refusable):
    """A form of the authority, whose ids do not meet those of the others on the page."""

    name = ""

    def __init__(self, data=None, **options):
        super().__init__(data, auto_id=f"{self.name}-%s", **options)


class AdmitForm(Deciding):
    name = "admit"
    title, button = _("Admit it"), _("Admit the remedy")


class StudyForm(Deciding):
    name = "study"
    title, button = _("Take it to study"), _("Take it to study")


class DismissForm(Deciding):
    """Why it is dismissed, with reasons and legal basis."""

    name = "dismiss"
    title, button = _("Dismiss it"), _("Dismiss the remedy")
    dismissal = OwedChoice(
        label=_("Why it is dismissed"), choices=Dismissal.choices, widget=forms.RadioSelect
    )
    reasons = OwedText(label=_("Reasons"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    legal_basis = OwedText(label=_("Legal basis"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ResolveForm(Deciding):
    """What is decided: the result confirmed, modified or replaced, with reasons and legal basis."""

    name = "resolve"
    title, button = _("Resolve it"), _("Sign the resolution")
    outcome = OwedChoice(label=_("What is decided"), choices=RemedyOutcome.choices, widget=forms.RadioSelect)
    new_outcome = forms.ChoiceField(
        label=_("The new result, if it is replaced"), required=False,
        choices=[("", _("The result stays")), *Outcome.choices],
    )  # fmt: skip
    effect = forms.CharField(
        label=_("What changes"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Owed when the result changes; it is published with the results. If money has to move, say how "
            "much, from where and by which act: the portal does not move it by this."
        ),
    )  # fmt: skip
    reasons = OwedText(label=_("Reasons"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8}))
    legal_basis = OwedText(label=_("Legal basis"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ConcludeForm(Refusable):
    """How the comptroller concludes a report."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Whoever gave their name reads it."),
        error_messages={"required": _("Write the conclusion.")},
    )
