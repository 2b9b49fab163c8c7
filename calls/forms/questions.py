"""What is typed about public questions: the question, its answer, why there is none."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.entries import Refusable
from calls.models.questions import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_REASON
from programs.models import Component

LONG, LONGER = {"rows": 4}, {"rows": 8}


class SearchForm(forms.Form):
    """The words looked for in questions and answers, written in the address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)

    def words(self):
        self.full_clean()
        return self.cleaned_data.get("q", "")


class AskForm(forms.Form):
    """The question; ``seen`` names the answered ones that were shown to whoever asks."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("One thing at a time. Write no personal data: it is published with its answer."),
        error_messages={"required": _("Write your question.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def has_seen(self, alike):
        """Whether everything that looks alike was shown before."""
        shown = self.cleaned_data.get("seen", "").split()
        return all(one.public_id in shown for one in alike)


class _OfTheDesk(Refusable):
    """A form of the desk, whose ids do not meet those of the others on the page."""

    name = ""

    def __init__(self, data=None, **options):
        super().__init__(data, auto_id=f"{self.name}-%s", **options)


class AnswerForm(_OfTheDesk):
    """The answer and the clause that it refers to."""

    name = "answer"
    title = _("Answer it")
    button = _("Publish the answer")
    becomes_public = _("the question and the answer, without the name of who asked.")
    text = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs=LONGER),
        help_text=_("It is public as soon as you send it. It cannot be erased, only corrected in sight."),
        error_messages={"required": _("Write the answer.")},
    )
    component = forms.ModelChoiceField(
        label=_("Clause of the Rules to which it refers"),
        queryset=Component.objects.none(),
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, data=None, *, clauses, **options):
        super().__init__(data, **options)
        self.fields["component"].queryset = clauses


class CorrectForm(AnswerForm):
    """Another answer in place of the one that was read (``corrects``)."""

    name = "correct"
    title = _("Correct the answer")
    button = _("Publish the corrected answer")
    becomes_public = _("the new answer and its reason; the former one stays, struck through, with its day.")
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("It is published beside the former answer, which stays struck through with its day."),
    )
    corrects = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(_OfTheDesk):
    """Why a question is not answered."""

    name = "decline"
    title = _("Leave it without answer")
    button = _("Do not answer it")
    becomes_public = _("that a question was not answered, and the reason.")
    reason = forms.CharField(
        label=_("Why it is not answered"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("The reason is published and sent to who asked; the text of the question is not."),
        error_messages={"required": _("Say why it is not answered.")},
    )


class MergeForm(_OfTheDesk):
    """The answered question that says the same; those that look alike come first."""

    name = "merge"
    title = _("Join it to a question that is answered")
    button = _("Join the questions")
    becomes_public = _("the text of this question, under the other one.")
    into = forms.ChoiceField(
        label=_("Question that is answered"),
        error_messages={"required": _("Choose a question of this call that is answered.")},
    )

    def __init__(self, data=None, *, alike, others, **options):
        super().__init__(data, **options)
        choices: list = [("", gettext("Choose one"))]
        if alike:
            title = ngettext("Looks alike", "Look alike", len(alike))
            choices.append((title, [_choice(one) for one in alike]))
        if others:
            choices.append((gettext("The other ones"), [_choice(one) for one in others]))
        self.fields["into"].choices = choices


def _choice(question):
    return question.public_id, Truncator(question.text).chars(90)
