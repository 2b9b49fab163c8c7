"""What staff type to enter an application for an organization that asked for help."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls import identifiers
from calls.actions.assisting import SIGNED
from calls.models import Assistance, Organization
from documents.forms import CheckedFileField, accepted_in_words


class BeginForm(forms.Form):
    """The organization by its RFC, who asked and how, and the authorization signed.

    The name and legal form are asked for only when nobody registered the organization yet.
    """

    rfc = forms.CharField(
        label=gettext_lazy("RFC of the organization"),
        help_text=gettext_lazy("12 characters, as in the tax status certificate."),
        widget=forms.TextInput(
            attrs={"class": "w-20", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name, as in the articles of incorporation"), max_length=250, required=False
    )
    legal_form = forms.ChoiceField(
        label=gettext_lazy("Legal form"),
        choices=Organization.LegalForm,
        required=False,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail of the legal representative"),
        required=False,
        help_text=gettext_lazy("If there is one: it receives an invitation to act for the organization."),
    )
    asked_by = forms.CharField(
        label=gettext_lazy("Who asked for the help"),
        max_length=150,
        help_text=gettext_lazy("Name, and what this person is in the organization."),
        error_messages={"required": gettext_lazy("Say who asked for the help.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How it was asked for"),
        choices=Assistance.Channel,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how the help was asked for.")},
    )
    authorization = CheckedFileField(
        label=gettext_lazy("Authorization signed by the legal representative"), allowed=SIGNED
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = None
        self.fields["authorization"].help_text = accepted_in_words(SIGNED)

    def clean_rfc(self):
        try:
            return identifiers.rfc(self.cleaned_data["rfc"]).value
        except identifiers.Refused as reason:
            raise forms.ValidationError(str(reason)) from None

    def clean(self):
        said = super().clean()
        if rfc := said.get("rfc"):
            self.organization = Organization.objects.select_related("body").filter(rfc=rfc).first()
            if self.organization is None:
                self._ask_who_it_is(said)
        return said

    def _ask_who_it_is(self, said):
        if not said.get("name"):
            self.add_error("name", _("No organization with this RFC is registered yet: write its name."))
        if not said.get("legal_form"):
            self.add_error("legal_form", _("Choose its legal form."))

    def newcomer(self):
        """The data with which an organization that nobody registered is registered."""
        return {name: self.cleaned_data[name] for name in ("rfc", "name", "legal_form")}

    def asked(self):
        return {name: self.cleaned_data[name] for name in ("asked_by", "channel", "authorization")}


class SignForm(forms.Form):
    """The declaration that the legal representative signed on paper."""

    declaration = CheckedFileField(
        label=gettext_lazy("Declaration signed by the legal representative"), allowed=SIGNED
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["declaration"].help_text = accepted_in_words(SIGNED)
