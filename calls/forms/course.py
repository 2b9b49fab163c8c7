"""The course of an application: what is asked to begin it, send it, withdraw it, and renounce its award."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.forms.applications import modality_words


class DeclareForm(forms.Form):
    """The promise that goes with every application."""

    truth = forms.BooleanField(
        label=gettext_lazy(
            "I declare, as legal representative, that what this application says is true and that its "
            "documents are copies of the originals."
        ),
        error_messages={"required": gettext_lazy("Tick the declaration to be able to send.")},
    )

    def __init__(self, *args, is_helper=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_helper:
            self.fields["truth"].label = _(
                "I declare that the legal representative read this application over and signed the "
                "declaration that is attached."
            )


class WithdrawForm(forms.Form):
    """Why it is withdrawn, if the organization wants to say."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("The agency reads it, if the application was sent."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


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


def earlier_words(application):
    return f"{application.project_title} · {application.call.title} ({application.folio})"


class StartForm(forms.Form):
    """For which of one's organizations, in which modality, and with what it begins."""

    organization = forms.ChoiceField(label=gettext_lazy("Organization"), widget=forms.RadioSelect)
    modality = forms.ChoiceField(
        label=gettext_lazy("Modality of support"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It can be changed until the application is sent."),
    )
    earlier = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        required=False,
        help_text=gettext_lazy(
            "Answers to the same questions, the budget and the documents that still serve are copied. "
            "Everything can be changed, and the conditions to apply are answered anew."
        ),
    )

    def __init__(self, *args, organizations, modalities, earlier=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.earlier = {one.public_id: one for one in earlier}
        named = [(one.public_id, earlier_words(one)) for one in earlier]
        self.fields["earlier"].choices = [("", _("An empty application")), *named]
        if not named:
            del self.fields["earlier"]
        self.organizations = {o.public_id: o for o in organizations}
        self.modalities = {m.key: m for m in modalities}
        self.fields["organization"].choices = [(o.public_id, str(o)) for o in organizations]
        if len(self.organizations) == 1:
            self.initial["organization"] = next(iter(self.organizations))
        if modalities:
            self.fields["modality"].choices = [(m.key, modality_words(m)) for m in modalities]
        else:
            del self.fields["modality"]

    def clean(self):
        """What is copied is the organization's own."""
        said = super().clean()
        earlier = self.earlier.get(said.get("earlier") or "")
        if earlier and earlier.organization.public_id != said.get("organization"):
            self.add_error("earlier", _("That application is of another of your organizations."))
        return said

    def to_copy(self):
        """The earlier application that the new one begins with, or None."""
        return self.earlier.get(self.cleaned_data.get("earlier") or "")

    def chosen(self):
        said = self.cleaned_data
        return self.organizations[said["organization"]], self.modalities.get(said.get("modality") or "")
