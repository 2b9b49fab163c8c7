"""What is typed to extend a published call, to cancel it, or to declare it void."""

from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entries import Refusable, day_field, time_field
from calls import schedule
from calls.forms.calls import LONG


class CloseForm(Refusable):
    """The later close whose consequences are looked at."""

    closes_on = day_field(_("Closes on"))
    closes_time = time_field(_("Last minute accepted"), help_text=_("All of this minute is accepted."))

    def __init__(self, data, *, call, **options):
        super().__init__(data, **options)
        self.call = call

    def minute(self):
        data = self.cleaned_data
        return schedule.minute_at(data["closes_on"], data["closes_time"], self.call.zone, last=True)

    @classmethod
    def for_call(cls, data, call):
        """What was asked for, or the present close to begin with."""
        last = timezone.localtime(schedule.last_minute(call.closes_at), ZoneInfo(call.zone))
        initial = {"closes_on": last.date(), "closes_time": last.time()}
        return cls(data or None, call=call, initial=initial)


class ExtendForm(CloseForm):
    """The extension itself: why, and what allows it when it goes beyond the Rules."""

    reason = forms.CharField(
        label=_("Reason of the extension"),
        widget=forms.Textarea(attrs=LONG),
        help_text=_("It is published beside the former close, which stays struck through, and sent."),
    )
    authority = forms.CharField(
        label=_("Who authorised going beyond the Rules"), required=False, max_length=200
    )
    reference = forms.CharField(label=_("Gazette or agreement that says so"), required=False, max_length=200)

    def __init__(self, data, *, call, **options):
        super().__init__(data, call=call, auto_id="extension-%s", **options)
        for name in ("closes_on", "closes_time"):
            self.fields[name].widget = forms.HiddenInput()


class EndForm(Refusable):
    """Why a call does not go on, and on what basis."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs=LONG),
        help_text=_("It is published on the page of the call and sent to whoever applied."),
    )
    basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        help_text=_("The provision of the Rules or of the law that allows it."),
    )
