"""What is typed to award one of the reserve list."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import pesos


class PromotionForm(forms.Form):
    """Who, how much and why. What is owed beyond this, the act says at its field."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("Application of the reserve list"),
        help_text=gettext_lazy("In the order of the list. Another than the first needs a written reason."),
    )
    skip_reason = forms.CharField(
        label=gettext_lazy("Why it goes before others of the reserve list"), required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Owed when the first of the list is not the one awarded. It is public."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=gettext_lazy("Amount awarded"), max_digits=14, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    amount_reason = forms.CharField(
        label=gettext_lazy("Why less than was asked for"), required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The organization will read them, and they are published with the results."),
    )  # fmt: skip
    legal_basis = forms.CharField(label=gettext_lazy("Legal basis"), widget=forms.Textarea(attrs={"rows": 3}))
    sure = forms.BooleanField(
        label=gettext_lazy("I award this application with the money that was renounced"),
        error_messages={"required": gettext_lazy("Tick that you award it, or go back.")},
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ruling"].choices = [(ruling.application.folio, _named(ruling)) for ruling in waiting]


def _named(ruling):
    application = ruling.application
    return _("%(order)s. %(organization)s · %(folio)s · asked for %(amount)s") % {
        "order": ruling.reserve_order,
        "organization": application.organization,
        "folio": application.folio,
        "amount": pesos.figures(application.requested_amount),
    }
