"""The field of a form in which a file is attached."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import intake


def accepted_in_words(kinds):
    """Which kinds of file are accepted, for the hint of their field."""
    named = ", ".join(intake.TYPES[kind].name for kind in kinds)
    return _("Accepted: %(kinds)s; at most 20 MB.") % {"kinds": named}


class CheckedFileField(forms.FileField):
    """A file opened to be checked while the form is: no lock waits for it, and its fault is said here.

    ``allowed``: the kinds of file that are accepted.
    """

    default_error_messages = {"required": gettext_lazy("Choose a file before pressing the button.")}

    def __init__(self, *, allowed=intake.DEFAULT, **options):
        super().__init__(**options)
        self.allowed = allowed

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            try:
                intake.check(upload, allowed=self.allowed)
            except intake.FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload
