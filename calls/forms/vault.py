"""What is typed of a document of the vault: the file, and the days written on it."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.entries import day_field
from documents import intake
from documents.forms import CheckedFileField, accepted_in_words


class DaysForm(forms.Form):
    """When it was issued and until when it is valid; the vault says what is wrong with them."""

    issued_on = day_field(
        gettext_lazy("Date of issue"),
        required=False,
        help_text=gettext_lazy("As written on it. Rules that ask for a recent document count from this day."),
    )
    expires_on = day_field(
        gettext_lazy("End of its validity"),
        required=False,
        help_text=gettext_lazy("Only if it says so itself. You are told 60, 30 and 7 days before."),
    )


class KeepForm(DaysForm):
    """A document to keep, and its days."""

    file = CheckedFileField(label=gettext_lazy("File to keep"))
    field_order = ("file", "issued_on", "expires_on")

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].place = place
        self.fields["file"].help_text = accepted_in_words(intake.DEFAULT)
