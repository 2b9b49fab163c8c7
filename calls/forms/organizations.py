"""The data of an organization. What is only unlikely is asked about: a tick says that it is right."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls import banks, identifiers
from calls.models import Organization
from programs.models import Municipality

READERS = {
    "rfc": identifiers.rfc,
    "cluni": identifiers.cluni,
    "clabe": identifiers.clabe,
    "postal_code": identifiers.postal_code,
    "phone": identifiers.phone,
}


class OrganizationForm(forms.ModelForm):
    """Wrong identifiers are refused beside their field; odd ones need ``confirmed``."""

    name = forms.CharField(label=gettext_lazy("Name, as in the articles of incorporation"), max_length=250)
    website = forms.URLField(label=gettext_lazy("web page"), required=False, assume_scheme="https")
    confirmed = forms.BooleanField(label=gettext_lazy("It is correct"), required=False)

    class Meta:
        model = Organization
        fields = (
            "rfc", "legal_form", "cluni", "constituted_on", "purpose", "address", "postal_code",
            "municipality", "phone", "email", "website", "clabe",
        )  # fmt: skip
        widgets = {
            "rfc": forms.TextInput(
                attrs={"class": "w-20", "autocapitalize": "characters", "spellcheck": "false"}
            ),
            "cluni": forms.TextInput(
                attrs={"class": "w-20", "autocapitalize": "characters", "spellcheck": "false"}
            ),
            "clabe": forms.TextInput(attrs={"class": "w-20", "inputmode": "numeric"}),
            "postal_code": forms.TextInput(attrs={"class": "w-4", "inputmode": "numeric"}),
            "phone": forms.TextInput(attrs={"class": "w-10", "inputmode": "tel"}),
            "constituted_on": forms.DateInput(attrs={"class": "w-10"}, format="%d/%m/%Y"),
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "legal_form": forms.RadioSelect,
        }
        help_texts = {
            "rfc": gettext_lazy("12 characters, as in the tax status certificate."),
            "cluni": gettext_lazy("14 characters, if the organization is in the federal register."),
            "constituted_on": gettext_lazy("Day/month/year."),
            "clabe": gettext_lazy("18 digits. Everybody sees only the last four."),
            "municipality": gettext_lazy("Leave it empty if the organization is outside Jalisco."),
            "phone": gettext_lazy("10 digits."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warned = {}
        self.proposed = None
        for name in (
            "rfc",
            "cluni",
            "clabe",
            "postal_code",
            "phone",
        ):  # spaces and hyphens are taken out first
            self.fields[name].max_length = None
            self.fields[name].validators = []
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["constituted_on"].input_formats = ["%d/%m/%Y", "%Y-%m-%d"]
        self.fields["legal_form"].choices = Organization.LegalForm.choices
        self.order_fields(["name", *self.Meta.fields, "confirmed"])
        if self.instance.pk:
            self.initial["name"] = self.instance.body.name_es
            self.fields["clabe"].help_text = _("Now: %(account)s. Leave it empty to keep it.") % {
                "account": identifiers.masked(self.instance.clabe) or "—"
            }
            self.initial["clabe"] = ""

    def clean_rfc(self):
        value = self._read("rfc")
        others = Organization.objects.filter(rfc=value).exclude(pk=self.instance.pk)
        if value and others.exists():
            raise forms.ValidationError(
                _(
                    "An organization with this RFC is already registered. Ask its legal representative to "
                    "add you to its team."
                )
            )
        return value

    def clean_cluni(self):
        return self._read("cluni", rfc=self.cleaned_data.get("rfc") or "")

    def clean_clabe(self):
        if self.instance.pk and not self.cleaned_data.get("clabe"):
            return self._kept_account
        return self._read("clabe")

    def clean_postal_code(self):
        return self._read("postal_code")

    def clean_phone(self):
        return self._read("phone")

    @property
    def _kept_account(self):
        return Organization.objects.values_list("clabe", flat=True).get(pk=self.instance.pk)

    def _read(self, name, **more):
        typed = self.cleaned_data.get(name)
        if not typed:
            return ""
        try:
            reading = READERS[name](typed, **more)
        except identifiers.Refused as reason:
            raise forms.ValidationError(str(reason)) from None
        if reading.warnings:
            self.warned[name] = reading.warnings
        return reading.value

    def clean(self):
        cleaned = super().clean()
        self._look_at_the_place(cleaned)
        if self.warned and not cleaned.get("confirmed"):
            for name, words in self.warned.items():
                if name not in self.errors:
                    self.add_error(name, " ".join(words))
            self.add_error(
                "confirmed", _("Something looks unusual. Check it; if it is right, tick “It is correct”.")
            )
        return cleaned

    def _look_at_the_place(self, cleaned):
        """The postal code proposes its municipality; another one is asked about."""
        code, chosen = cleaned.get("postal_code"), cleaned.get("municipality")
        if not code or not identifiers.is_of_jalisco(code):
            return
        near = identifiers.municipalities_of(code, Municipality.objects.all())
        if near and chosen is None:
            cleaned["municipality"] = near[0]
            self.proposed = near[0]
        elif near and chosen not in near:
            names = ", ".join(m.name for m in near)
            self.warned["municipality"] = (
                _("The postal code %(code)s is of %(names)s.") % {"code": code, "names": names},
            )

    @property
    def asks_to_confirm(self):
        return bool(self.warned)

    @property
    def bank(self):
        return banks.name_of(self.instance.clabe or "")

    def given(self):
        """The data, as the actions take them."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "name")}
