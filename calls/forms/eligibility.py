"""The conditions of the Rules as questions of yes or no, before there is an application. Nothing is kept."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.forms.applications import YES_NO

PREFIX = "condition"  # a rule may have any key: its answer must not be taken for another field


class CheckForm(forms.Form):
    """An answer, or none yet, to each condition. They travel in the address, or hidden in another form."""

    def __init__(self, rules, data):
        super().__init__(data, prefix=PREFIX)
        self.rules = list(rules)
        for rule in self.rules:
            self.fields[rule.key] = answer_field(rule)

    def answers(self):
        """Yes (True), no (False) or nothing (None) for each condition, by key."""
        self.is_valid()
        return {rule.key: self.cleaned_data.get(rule.key) for rule in self.rules}

    def given(self):
        """Only what was answered."""
        return {key: answer for key, answer in self.answers().items() if answer is not None}

    def address(self):
        """What was answered, as it stands in an address; empty when nothing was."""
        return urlencode({self.add_prefix(key): "yes" if yes else "no" for key, yes in self.given().items()})


def answer_field(rule):
    return forms.TypedChoiceField(
        label=rule.question,
        help_text=rule.statement,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is not an answer. Choose yes or no.")},
    )
