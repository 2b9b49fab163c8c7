"""What is typed of a document of the vault: the file, and the days written on it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.forms.calls import day_field
from documents import intake


class DaysForm(forms.Form):
    """When it was issued and until when it is valid; the vault says what is wrong with them."""

    issued_on = day_field(
        gettext_lazy("Date of issue"),
        required=False,
        help_text=gettext_lazy("As written on it. Rules that ask for a recent document count from this day."),
    )
    expires_on = day_field(
        gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Only if it says so itself. You are told 60, 30 and 7 days before."),
    )


class KeepForm(DaysForm):
    """A document to keep, opened here already: no lock waits for it."""

    file = forms.FileField(label=gettext_lazy("File"))
    field_order = ("file", "issued_on", "expires_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = ", ".join(intake.TYPES[kind].name for kind in intake.DEFAULT)
        self.fields["file"].help_text = _("Accepted: %(kinds)s; at most 20 MB.") % {"kinds": kinds}
        self.fields["file"].error_messages["required"] = _("Choose a file before pressing the button.")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            intake.check(upload, allowed=intake.DEFAULT)
        except intake.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload
