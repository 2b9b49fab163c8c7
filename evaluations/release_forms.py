"""What the head of the agency types to release results: now, or at a chosen minute."""

from django import forms
from django.utils.translation import gettext_lazy as _

MINUTE = "%Y-%m-%dT%H:%M"


class ReleaseForm(forms.Form):
    """The confirmation, the reason of a delay, and the minute if it is not now."""

    release_at = forms.DateTimeField(
        label=_("Release them at (central Mexico time)"), required=False, input_formats=[MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        help_text=_("Left empty, they are released now. Until the minute comes it can be taken back."),
        error_messages={"invalid": _("Write day and minute, as 2026-04-30T12:00.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason of the delay"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Owed when results come after the promised day. It is published beside the date."),
    )  # fmt: skip
    read_over = forms.BooleanField(
        label=_("I read the rulings and the notices: release them all"),
        error_messages={"required": _("Tick that you read the rulings and the notices.")},
    )
