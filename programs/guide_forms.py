"""What the owner of the Guide types. Input only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import CheckLevel


class CheckForm(forms.Form):
    level = forms.ChoiceField(
        label=_("What it does to a draft that does not pass it"),
        choices=CheckLevel.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Why it is set so"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody will read it. Needed to switch a check off."),
    )
