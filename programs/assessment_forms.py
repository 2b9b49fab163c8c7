"""What a person types to assess a practice, and to answer an assessment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Component, Verdict


class ComponentChoice(forms.ModelChoiceField):
    """The components of the edition's Guide, in their order."""

    def label_from_instance(self, component):
        return f"{component.number}. {component.title_es}"


class AssessmentForm(forms.Form):
    """A verdict with its proof or its reason. What is missing is told by the action, beside its field."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    clause = ComponentChoice(
        label=_("Clause that proves it"),
        queryset=Component.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Needed for “adopted”, unless a public source is cited."),
    )
    excerpt = forms.CharField(
        label=_("Words of the clause"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "es"}),
        help_text=_("Copy them exactly as they stand in the clause: they will be shown highlighted there."),
    )
    source = forms.CharField(
        label=_("Public source"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Title, date and where anybody can read it."),
    )
    norm = forms.CharField(
        label=_("Norm that limits it"),
        required=False,
        max_length=250,
        help_text=_("Only for “regulatory limitation”: the law, rule or guideline."),
    )
    article = forms.CharField(
        label=_("Article of the norm"),
        required=False,
        max_length=120,
        help_text=_("Article, section or numeral that limits it."),
    )
    last_day = forms.DateField(
        label=_("Last day of the limitation"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The end of the fiscal year, unless you know another. Afterwards it is reviewed again."),
    )
    planned_year = forms.IntegerField(
        label=_("Fiscal year of the edition that will adopt it"),
        required=False,
        min_value=2000,
        max_value=2100,
        localize=False,
        help_text=_("Only for “will be adopted”."),
    )
    observation = forms.CharField(
        label=_("Observation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody will read it. Needed for partial, not applicable and not viable."),
    )

    def __init__(self, *args, edition, components, **kwargs):
        super().__init__(*args, **kwargs)
        clause = self.fields["clause"]
        clause.queryset = edition.guide.components.all()
        listed = [(one.pk, clause.label_from_instance(one)) for one in components]
        clause.choices = [("", clause.empty_label), *listed]


class AnswerForm(forms.Form):
    """Planning's stance on an assessment."""

    CONFIRM, CONTEST = "confirm", "contest"

    stance = forms.ChoiceField(
        label=_("Planning’s answer"),
        choices=[
            (CONFIRM, _("Confirm: the proof shows the practice")),
            (CONTEST, _("Contest: it does not, or not all of it")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Everybody will read it. Needed to contest, and to confirm a limitation: where you read the norm."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
