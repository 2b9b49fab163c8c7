"""The form with which an award is renounced."""

from django import forms
from django.utils.translation import gettext_lazy


class RenounceForm(forms.Form):
    """Why, and that it is meant."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("The agency reads it. It is not published."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why: the agency reads it.")},
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I renounce the award in the name of the organization"),
        error_messages={"required": gettext_lazy("Tick that you renounce, or go back.")},
    )
