"""The field of a form in which a file is attached, and what is said of a file that comes in pieces."""

from dataclasses import replace
from pathlib import PurePosixPath

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import intake, uploads


def accepted_in_words(kinds):
    """Which kinds of file are accepted, for the hint of their field."""
    named = ", ".join(intake.TYPES[kind].name for kind in kinds)
    return _("Accepted: %(kinds)s; at most 20 MB.") % {"kinds": named}


class FileInput(forms.FileInput):
    """A control for a file, which may have come before in pieces: then the form brings its token.

    With ``place`` a script may send a large file in pieces; without scripts the file comes with the form.
    """

    template_name = "documents/widgets/file.html"
    place: uploads.Place | None = None

    def value_from_datadict(self, data, files, name):
        return files.get(name) or data.get(self._token_of(name)) or None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.place:
            half = self.place.half
            context |= {
                "place": self.place,
                "half": half,
                "token_name": self._token_of(name),
                "arrived": self._arrived(value) or (half if half and half.is_whole else None),
                "piece": settings.UPLOAD_PIECE_BYTES,
                "most": settings.MAX_FILE_BYTES,
                "most_in_words": filesizeformat(settings.MAX_FILE_BYTES),
            }
        return context

    def _arrived(self, token):
        return uploads.arrived(self.place, token) if isinstance(token, str) else None

    def _token_of(self, name):
        return f"{name}-arrived"


class CheckedFileField(forms.FileField):
    """A file opened to be checked while the form is: no lock waits for it, and its fault is said here.

    ``allowed``: the kinds of file that are accepted. ``place``: where it may have arrived in pieces.
    """

    widget = FileInput
    default_error_messages = {
        "required": gettext_lazy("Choose a file before pressing the button."),
        "gone": gettext_lazy(
            "The file that was sent before is not here any more. If it is not shown as attached, choose it "
            "again."
        ),
    }

    def __init__(self, *, allowed=intake.DEFAULT, **options):
        super().__init__(**options)
        self.allowed = allowed

    @property
    def place(self):
        return self.widget.place

    @place.setter
    def place(self, place):
        self.widget.place = place

    def clean(self, data, initial=None):
        if data and self.place:
            self.place = replace(self.place, half=None)  # whatever was left half-way, this came now
        if isinstance(data, str):
            data = self._arrived(data)
        upload = super().clean(data, initial)
        if upload:
            try:
                intake.check(upload, allowed=self.allowed, by=self.place.owner if self.place else None)
            except intake.FileRefused as refusal:
                intake.forget_pieces(upload)
                raise forms.ValidationError(str(refusal)) from refusal
        return upload

    def bound_data(self, data, initial):
        """A file has to be chosen again; the token of one that arrived stays."""
        return data if isinstance(data, str) else initial

    def _arrived(self, token):
        arrived = uploads.whole(self.place, token) if self.place else None
        if arrived is None:
            raise forms.ValidationError(self.error_messages["gone"])
        return arrived


class AnnouncedForm(forms.Form):
    """What a script says of the file that it is about to send."""

    name = forms.CharField(max_length=255)
    size = forms.IntegerField(min_value=0, max_value=2**62)
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$")

    def clean_name(self):
        """The last part of what was said, as a browser gives it."""
        name = PurePosixPath(self.cleaned_data["name"].replace("\\", "/")).name
        if name in ("", ".", ".."):
            raise forms.ValidationError("")
        return name


class PieceForm(forms.Form):
    """What a script says of a piece: of which upload it is, where it begins, its hash."""

    upload = forms.SlugField()
    offset = forms.IntegerField(min_value=0, max_value=2**62)
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$")
