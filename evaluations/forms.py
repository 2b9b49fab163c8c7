"""What people type in the evaluation. State is in no form; the rules are in the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evaluations.models import ConflictDeclaration, Outcome, Vote

TIES = [choice for choice in ConflictDeclaration.Kind.choices if choice[0] != "none"]


class PersonField(forms.EmailField):
    """A person, named by the e-mail address of their account."""

    def clean(self, value):
        address = super().clean(value)
        if not address:
            return None
        person = User.objects.filter(email__iexact=address, is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody has an account with this address. Ask the person to create one first.")
            )
        return person


class OwedText(forms.CharField):
    """A text that is owed when the act is done: the form takes it empty, so that a draft may be kept."""

    def validate(self, value):
        """Nothing here: the act says what it lacks, at this field."""


class AppointmentForm(forms.Form):
    """Who holds a seat, or stands in for its holder, and how they were chosen."""

    seat = forms.ChoiceField(label=_("Seat"))
    person = PersonField(label=_("E-mail address of the person"))
    how_chosen = forms.CharField(
        label=_("How this person was chosen"),
        max_length=300,
        help_text=_("It is published on the page of the call."),
    )
    substitute = forms.BooleanField(label=_("As substitute of the holder"), required=False)

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [(s.key, f"{s.get_kind_display()}: {s.name}") for s in seats]


class ReplacementForm(forms.Form):
    """Who takes a seat from its holder, and why."""

    person = PersonField(label=_("E-mail address of the new person"))
    how_chosen = forms.CharField(label=_("How this person was chosen"), max_length=300)
    reason = forms.CharField(label=_("Why the person is replaced"), widget=forms.Textarea(attrs={"rows": 3}))


class EvaluatorForm(forms.Form):
    """A person for the pool of evaluators."""

    person = PersonField(label=_("E-mail address of the evaluator"))


class DeclarationForm(forms.Form):
    """For each organization that applied, whether there is a tie and of which kind."""

    nothing_else = forms.BooleanField(
        label=_("I declare that I have no conflict of interest with any other organization of this list"),
        error_messages={"required": _("Tick the declaration: without it no file can be given to you.")},
    )

    def __init__(self, *args, organizations, found=None, **kwargs):
        """``found``: by organization (its row), the ties that the portal found and nobody answered."""
        super().__init__(*args, **kwargs)
        self.organizations, self.found = list(organizations), found or {}
        ties = [("", _("No tie")), *TIES]
        for organization in self.organizations:
            self.fields[f"kind-{organization.public_id}"] = forms.ChoiceField(
                label=_("Tie"), choices=ties, required=False,
                widget=forms.Select(attrs={"class": "govuk-select"}),
                initial="labour" if self.bars(organization) else "",
            )  # fmt: skip
            self.fields[f"detail-{organization.public_id}"] = forms.CharField(
                label=_("What it consists of"), max_length=500, required=False,
                widget=forms.TextInput(attrs={"class": "govuk-input"}),
            )  # fmt: skip
            if self.hints(organization):
                self.fields[f"denial-{organization.public_id}"] = forms.CharField(
                    label=_("If nothing ties you to %(name)s, why") % {"name": organization},
                    max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    def bars(self, organization):
        """What ties the person so strongly that nothing is asked."""
        return [tie for tie in self.found.get(organization.pk, ()) if tie.is_strong]

    def hints(self, organization):
        """What is to be confirmed or denied."""
        return [] if self.bars(organization) else self.found.get(organization.pk, [])

    def clean(self):
        for one in self.organizations:
            if self.hints(one) and not self._answered(one):
                self.owe(one)
        return super().clean()

    def _answered(self, one):
        given = self.cleaned_data
        return given.get(f"kind-{one.public_id}") or given.get(f"denial-{one.public_id}", "").strip()

    def owe(self, organization):
        """Say at its field that an answer is missing."""
        name = f"denial-{organization.public_id}"
        if name in self.fields:
            self.add_error(name, _("Choose the tie, or write why what the portal found is none."))
        else:
            said = _("The portal found something new about %(name)s. Reload the page to answer it.")
            self.add_error(None, said % {"name": organization})

    def rows(self):
        """Each organization with its fields, those with something found first."""
        listed = sorted(self.organizations, key=lambda one: not self.found.get(one.pk))
        return [self._row(one) for one in listed]

    def _row(self, one):
        denial = f"denial-{one.public_id}"
        return {
            "organization": one,
            "kind": self[f"kind-{one.public_id}"],
            "detail": self[f"detail-{one.public_id}"],
            "bars": self.bars(one),
            "hints": self.hints(one),
            "denial": self[denial] if denial in self.fields else None,
        }

    @property
    def conflicts(self):
        return [
            (one, kind, self.cleaned_data[f"detail-{one.public_id}"])
            for one in self.organizations
            if (kind := self.cleaned_data[f"kind-{one.public_id}"])
        ]

    @property
    def denials(self):
        return {
            one.pk: reason
            for one in self.organizations
            if (reason := self.cleaned_data.get(f"denial-{one.public_id}"))
        }


class RecusalForm(forms.Form):
    """“I recognise this organization.”"""

    kind = forms.ChoiceField(label=_("What ties you to it"), choices=TIES, widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("What it consists of"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with your declaration. It is not published."),
    )  # fmt: skip


class SpecialtyForm(forms.Form):
    """What an evaluator knows best, if they want to say so."""

    modalities = forms.MultipleChoiceField(
        label=_("Modalities"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, modalities, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["modalities"].choices = [(one.key, one.name) for one in modalities]
        self.fields["regions"].choices = [(region, region) for region in regions]


class AssignmentForm(forms.Form):
    """One more evaluator for one application."""

    application = forms.ChoiceField(label=_("Application"))
    evaluator = forms.ChoiceField(label=_("Evaluator"))

    def __init__(self, *args, applications, evaluators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = [(a.folio, a.folio) for a in applications]
        self.fields["evaluator"].choices = [(e.public_id, str(e)) for e in evaluators]


class ReasonForm(forms.Form):
    """An act that is explained."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ConvocationForm(forms.Form):
    """When and where the committee meets."""

    scheduled_for = forms.DateTimeField(
        label=_("Date and time (central Mexico time)"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=_("Place or link"), max_length=200)


class AttendanceForm(forms.Form):
    """Who came."""

    present = forms.MultipleChoiceField(
        label=_("Who is present"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["present"].choices = [(key, _described(member)) for key, member in self.members.items()]

    def chosen(self):
        return [self.members[key] for key in self.cleaned_data["present"]]


class ArrivalForm(forms.Form):
    """Who came once the session was open."""

    member = forms.ChoiceField(label=_("Who comes"))

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["member"].choices = [(key, _described(member)) for key, member in self.members.items()]

    def chosen(self):
        return self.members[self.cleaned_data["member"]]


def _described(member):
    role = member.seat.get_kind_display()
    standing_in = f" · {_('substitute')}" if member.is_substitute else ""
    return f"{member.user} · {role}: {member.seat.name}{standing_in}"


class VoteForm(forms.Form):
    """One's own vote on one file."""

    choice = forms.ChoiceField(label=_("My vote"), choices=Vote.Choice.choices, widget=forms.RadioSelect)


class RulingForm(forms.Form):
    """What was decided of a file. Whether the reasons are enough, the act says: a draft is kept."""

    outcome = forms.ChoiceField(label=_("The ruling"), choices=Outcome.choices, widget=forms.RadioSelect)
    amount = forms.DecimalField(label=_("Amount awarded"), required=False, max_digits=14, decimal_places=2)
    amount_reason = forms.CharField(
        label=_("Why less than was asked for"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reserve_order = forms.IntegerField(
        label=_("Place on the reserve list"), required=False, min_value=1, max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Only for the reserve list; left empty, that of the ranking or the next one free."),
    )  # fmt: skip
    reasons = OwedText(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The organization will read them, and they are published with the results."),
    )  # fmt: skip
    legal_basis = OwedText(label=_("Legal basis"), widget=forms.Textarea(attrs={"rows": 3}))
    departure_reason = forms.CharField(
        label=_("Why it departs from the ranking"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Owed when ranking, pass mark and budget would give another ruling. It is public."),
    )  # fmt: skip

    def entries(self):
        """What was typed, for the act; the outcome apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "outcome"}


class ClosingForm(forms.Form):
    """What the minutes say besides the files."""

    minutes = forms.CharField(
        label=_("Agreements and remarks for the minutes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
