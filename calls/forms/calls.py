"""What is typed about calls: filters of the list, the draft, a change of a promise, what happened."""

from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from accounts.entries import Refusable, day_field, time_field
from calls import listing, places, schedule
from calls.folding import fold
from calls.models import Call
from programs.models import MilestoneCode, Side

LONG = {"rows": 3}


class FilterForm(forms.Form):
    """The filters of the list, written in the address."""

    SORTS = [
        (listing.DEADLINE, _("Closing first")),
        (listing.NEWEST, _("Newest first")),
        (listing.AMOUNT, _("Largest amount first")),
    ]
    STATES = [
        (listing.OPEN, _("Open")),
        (listing.COMING, _("Coming")),
        (listing.CLOSED, _("Closed")),
        (listing.EVALUATION, _("In evaluation")),
        (listing.RESULTS, _("With results")),
        (listing.CANCELLED, _("Cancelled")),
        (listing.VOID, _("Void")),
    ]

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    place = forms.ChoiceField(label=_("Region or municipality"), required=False)
    amount = forms.DecimalField(
        label=_("Gives at least"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    closes_by = day_field(_("Closes no later than"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data, auto_id="filter-%s")
        anything = [("", _("All"))]
        self.fields["agency"].choices = anything + [(name, name) for name in listing.agencies()]
        self.fields["topic"].choices = [("", pgettext("masculine", "All"))] + [
            (name, name) for name in listing.topics()
        ]
        self.fields["place"].choices = [("", _("Anywhere")), *places.choices()]

    def choices_made(self):
        """The filters that can be read; one that cannot is left out and said at its field."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def is_used(self):
        return any(self.data.get(name) for name in self.fields if name not in ("sort", "page"))


class ForecastFilterForm(forms.Form):
    """The filters of the calls to come: those of the list that can be known of them."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, help_text=_("That of the last call of the program.")
    )
    place = forms.ChoiceField(label=_("Region or municipality"), required=False)

    def __init__(self, data, every):
        super().__init__(data, auto_id="filter-%s")
        agencies = sorted({one.program.agency.acronym for one in every})
        topics = sorted({topic for one in every for topic in one.topics}, key=fold)
        self.fields["agency"].choices = [("", _("All")), *((name, name) for name in agencies)]
        self.fields["topic"].choices = [
            ("", pgettext("masculine", "All")),
            *((name, name) for name in topics),
        ]
        self.fields["place"].choices = [("", _("Anywhere")), *places.choices()]

    def choices_made(self):
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_used(self):
        return any(self.data.get(name) for name in self.fields)


class PromiseFilterForm(forms.Form):
    """The filters of the list of promised dates."""

    agency = forms.ChoiceField(label=_("Agency"), required=False)
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)
    side = forms.ChoiceField(label=_("Responsible"), required=False)
    status = forms.ChoiceField(
        required=False, choices=schedule.PromiseStatus.choices, widget=forms.HiddenInput
    )

    def __init__(self, data):
        super().__init__(data, auto_id="filter-%s")
        anything = [("", _("All"))]
        self.fields["agency"].choices = anything + [(name, name) for name in listing.agencies()]
        self.fields["milestone"].choices = anything + MilestoneCode.choices
        self.fields["side"].choices = anything + Side.choices

    def choices_made(self):
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DraftForm(forms.Form):
    """A draft call: its words, its reception, and the dates that the Rules leave open."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In few words"),
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("What it is for and for whom, in words anyone understands."),
    )
    topics = forms.CharField(
        label=_("Topics"), required=False, max_length=200, help_text=_("Separated by commas.")
    )
    budget = forms.DecimalField(
        label=_("Budget of this call"), required=False, max_digits=14, decimal_places=2, localize=True
    )
    opens_on = day_field(_("Opens on"))
    opens_time = time_field(_("Opens at"))
    closes_on = day_field(
        _("Closes on"), help_text=_("At least 30 calendar days, counting the first and the last.")
    )
    closes_time = time_field(_("Last minute accepted"), help_text=_("All of this minute is accepted."))
    short_window_authority = forms.CharField(
        label=_("Who authorised fewer than 30 days"), required=False, max_length=200
    )
    short_window_reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    short_window_reference = forms.CharField(
        label=_("Gazette or agreement that says so"), required=False, max_length=200
    )

    # Which entry of the form answers for each field of the domain
    ENTRIES = {
        "closes_at": "closes_on",
        "opens_at": "opens_on",
        MilestoneCode.CALL_ISSUED: "opens_on",
        MilestoneCode.CALL_CLOSED: "closes_on",
    }

    def __init__(self, data, *, call, milestones, dates, holidays):
        super().__init__(data, initial=initial_of(call, dates))
        self.call = call
        self.open_dates = []
        rules = {milestone.code: milestone for milestone in milestones}
        for code in schedule.ORDER:
            if code not in schedule.OF_THE_WINDOW:
                self._offer(code, schedule.bounds(rules.get(code), dates, holidays), dates.get(code))

    def _offer(self, code, allowed, day):
        """A field for a date that the Rules leave open; what they fix or compute is not typed."""
        if allowed and allowed.is_one_day:
            return
        name = f"date_{code}"
        self.fields[name] = day_field(MilestoneCode(code).label, required=False, initial=day)
        if allowed:
            self.fields[name].help_text = bounds_in_words(allowed)
        self.open_dates.append(name)

    @property
    def date_fields(self):
        return [self[name] for name in self.open_dates]

    def moment(self, which):
        data = self.cleaned_data
        on, clock = data[f"{which}_on"], data[f"{which}_time"]
        return schedule.minute_at(on, clock, self.call.zone, last=which == "closes")

    def dates_given(self):
        given = {name.removeprefix("date_"): self.cleaned_data[name] for name in self.open_dates}
        return {code: day for code, day in given.items() if day}

    def refuse(self, refusal):
        """Say a refusal of the domain beside the entry that it is about."""
        name = self.ENTRIES.get(refusal.field, refusal.field)
        name = name if name in self.fields else f"date_{name}"
        self.add_error(name if name in self.fields else None, str(refusal))


def bounds_in_words(allowed):
    return gettext("The Rules allow from %(first)s to %(last)s.") % {
        "first": day_in_words(allowed.first),
        "last": day_in_words(allowed.last),
    }


def initial_of(call: Call, dates):
    initial = {
        name: getattr(call, name)
        for name in (
            "title", "summary", "topics", "budget",
            "short_window_authority", "short_window_reason", "short_window_reference",
        )
    }  # fmt: skip
    if call.opens_at and call.closes_at:
        opens = timezone.localtime(call.opens_at, ZoneInfo(call.zone))
        last = timezone.localtime(schedule.last_minute(call.closes_at), ZoneInfo(call.zone))
        initial |= {"opens_on": opens.date(), "opens_time": opens.time()}
        initial |= {"closes_on": last.date(), "closes_time": last.time()}
    return initial | {f"date_{code}": day for code, day in dates.items()}


class ChangeForm(Refusable):
    """Another date for a promise, and why."""

    on = day_field(_("New date"))
    reason = forms.CharField(
        label=_("Reason of the change"),
        widget=forms.Textarea(attrs=LONG),
        help_text=_("It is published beside the former date, which stays struck through."),
    )


class ActualForm(Refusable):
    """When a milestone happened, and why if it is late."""

    on = day_field(_("Date it happened"))
    reason = forms.CharField(
        label=_("Reason of the delay"),
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Needed only when it happened after the promised date. It is published."),
    )
