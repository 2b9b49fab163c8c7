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


class ComponentForm(forms.Form):
    help = forms.CharField(
        label=_("What the component must contain"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "es"}),
        help_text=_("Everybody reads it here, and who drafts reads it beside the text."),
    )
    is_confirmed = forms.BooleanField(label=_("Its number and title are confirmed"), required=False)
    source = forms.CharField(
        label=_("Where it was confirmed, or why it is not any more"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "es"}),
        help_text=_("Needed when the confirmation changes: document, page and date. It stays in the trail."),
    )
