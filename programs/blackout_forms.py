"""What planning types of an electoral blackout: days, norm, why its end moves, what is let through."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entries import Refusable, day_field, time_field
from programs import withholding
from programs.models import BlackoutPeriod

LONG = {"rows": 3}
ZONE = BlackoutPeriod._meta.get_field("zone").default
ONE_MINUTE = timedelta(minutes=1)


class _Dated(Refusable):
    def moment(self, which):
        data = self.cleaned_data
        return datetime.combine(data[f"{which}_day"], data[f"{which}_minute"], ZoneInfo(ZONE))

    def ends_at(self):
        """The whole of the last minute is inside."""
        return self.moment("last").replace(second=0) + ONE_MINUTE


class ConfirmForm(Refusable):
    """Nothing is typed to confirm a period."""


class _Ending(_Dated):
    last_day = day_field(_("Last day"))
    last_minute = time_field(_("Last minute"), help_text=_("The whole of this minute is inside."))


class PeriodForm(_Ending):
    """A period that is not confirmed yet."""

    kind = forms.ChoiceField(label=_("Election"), choices=BlackoutPeriod.Kind)
    first_day = day_field(_("First day"))
    first_minute = time_field(_("First minute"), help_text=_("Hours are those of central Mexico."))
    source = forms.CharField(
        label=_("Norm or agreement that says so"),
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "es"}),
        help_text=_("It is published: the norm, its article, and where it can be read."),
    )
    link = forms.URLField(label=_("Link to the text"), required=False, max_length=300, assume_scheme="https")
    note = forms.CharField(
        label=_("What is to be known of it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={**LONG, "lang": "es"}),
        help_text=_("For instance, that its days are approximate and what is still to be confirmed."),
    )
    field_order = ("kind", "first_day", "first_minute", "last_day", "last_minute", "source", "link", "note")

    def said(self):
        data = self.cleaned_data
        kept = {name: data[name] for name in ("kind", "source", "link", "note")}
        return kept | {"starts_at": self.moment("first").replace(second=0), "ends_at": self.ends_at()}


class MoveForm(_Ending):
    """Another end for a confirmed period, and why."""

    reason = forms.CharField(
        label=_("Why its end moves"),
        max_length=500,
        widget=forms.Textarea(attrs={**LONG, "lang": "es"}),
        help_text=_("It is published beside the former end, which stays struck through."),
    )


class EndForm(Refusable):
    """Why a confirmed period ends now."""

    reason = forms.CharField(
        label=_("Why it ends early"),
        max_length=500,
        widget=forms.Textarea(attrs={**LONG, "lang": "es"}),
        help_text=_("It is published. What was withheld is shown again at once."),
    )


class LetThroughForm(Refusable):
    """The item, the reason and the legal basis."""

    kind = forms.ChoiceField(label=_("What is let through"))
    reference = forms.CharField(
        label=_("Folio or code"),
        required=False,
        max_length=60,
        help_text=_("The folio of the call; of evidence, the code that its agency sees beside it."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={**LONG, "lang": "es"})
    )
    basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "es"}),
        help_text=_("For instance, the exception that the norm makes for health or civil protection."),
    )

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        self.fields["kind"].choices = [(one.code, one.label) for one in withholding.KINDS.values()]


def initial_of(period):
    """The entries of a period as it stands."""
    first = timezone.localtime(period.starts_at, ZoneInfo(period.zone))
    last = timezone.localtime(period.ends_at - ONE_MINUTE, ZoneInfo(period.zone))
    said = {name: getattr(period, name) for name in ("kind", "source", "link", "note")}
    return said | {
        "first_day": first.date(), "first_minute": first.time(),
        "last_day": last.date(), "last_minute": last.time(),
    }  # fmt: skip
