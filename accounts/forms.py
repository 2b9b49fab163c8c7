"""What people type about themselves and about who acts for a body."""

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User


class SignupExtra(forms.Form):
    """What the sign-up page asks besides address and password."""

    name = forms.CharField(label=_("Full name"), max_length=150)
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request, user):
        """The adapter keeps the name; there is nothing else to do."""


class ProfileForm(forms.ModelForm):
    name = forms.CharField(label=_("Full name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language of the portal and of the notices"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ["name", "language"]


class InviteForm(forms.Form):
    """Offer a role: the choices are the roles that this person may give in this body."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person receives a link to accept. It is valid for fourteen days."),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r.value, r.label) for r in Role if r in roles]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewPersonForm(forms.Form):
    """Name and password of somebody who accepts an invitation without having an account."""

    name = forms.CharField(label=_("Full name"), max_length=150)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least twelve characters. A sentence of your own is easy to remember and hard to guess."
        ),
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self):
        password = self.cleaned_data["password"]
        person = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, person)
        return password
