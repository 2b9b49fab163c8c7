"""What the owner of the Guide types while a Guide is written. Input only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs import guide_places, tables
from programs.models import BLOCKS, Axis, Component, Dimension, GuideEdition, LockLevel, Topic


def _spanish(rows):
    return forms.Textarea(attrs={"rows": rows, "lang": "es"})


class SeenForm(forms.Form):
    """What the page saw of the row that it changes; empty when it adds one."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def said(self):
        """What was typed, with what was seen only where a row is changed."""
        said = dict(self.cleaned_data)
        if not said["seen"]:
            said.pop("seen")
        return said


class BeginForm(forms.Form):
    earlier = forms.ModelChoiceField(
        GuideEdition.objects.none(),
        label=_("Begin with what this Guide says"),
        empty_label=None,
        help_text=_("Sections, components, checks, checklist and rubric are copied. It does not change."),
    )
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100, localize=False)
    title = forms.CharField(label=_("Title"), max_length=250, widget=forms.TextInput(attrs={"lang": "es"}))
    note = forms.CharField(
        label=_("What is to be known of it"),
        required=False,
        max_length=4000,
        widget=_spanish(3),
        help_text=_("Everybody reads it on the page of the Guide."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        guides = GuideEdition.objects.published()
        self.fields["earlier"].queryset = guides
        self.fields["earlier"].initial = newest = guides.first()
        self.fields["year"].initial = newest and newest.year + 1


class TitleForm(forms.Form):
    title = BeginForm.base_fields["title"]
    note = BeginForm.base_fields["note"]


class SectionForm(SeenForm):
    numeral = forms.RegexField(
        r"^[A-Za-z0-9]{1,5}$",
        label=_("Numeral"),
        error_messages={"invalid": _("Only letters and numbers, five at most: VI.")},
    )
    title_es = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"lang": "es"}))
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=200)


class ComponentDraftForm(SeenForm):
    """A component as a draft Guide says it, and where it stands."""

    title_es = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"lang": "es"}))
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=200)
    place = forms.ChoiceField(label=_("Where it stands"))
    help = forms.CharField(
        label=_("What the component must contain"), required=False, max_length=4000, widget=_spanish(4)
    )
    blocks = forms.MultipleChoiceField(
        label=_("Data that it carries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lock_level = forms.ChoiceField(
        label=_("What is left to the agency"), choices=LockLevel, widget=forms.RadioSelect
    )
    lock_reason = forms.CharField(
        label=_("Why it is locked"), required=False, max_length=2000, widget=_spanish(2)
    )
    model_text = forms.CharField(
        label=_("Model text"),
        required=False,
        max_length=20000,
        widget=_spanish(6),
        help_text=_("Mark what the agency fills in with braces: {name of the program}."),
    )

    def __init__(self, *args, guide, component=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = guide_places.choices(guide, component)
        self.fields["blocks"].choices = [
            (name, tables.capital(models[0]._meta.verbose_name_plural)) for name, models in BLOCKS.items()
        ]


class PracticeForm(SeenForm):
    code = forms.RegexField(
        r"^[A-Z]{2,4}-[0-9]{2,3}$",
        label=_("Code"),
        error_messages={"invalid": _("Write it as GP-13: letters, a hyphen and a number.")},
    )
    title_es = forms.CharField(
        label=_("Short title"), max_length=150, widget=forms.TextInput(attrs={"lang": "es"})
    )
    title_en = forms.CharField(label=_("Short title in English"), required=False, max_length=150)
    statement_es = forms.CharField(label=_("Statement"), max_length=4000, widget=_spanish(4))
    statement_en = forms.CharField(
        label=_("Statement in English"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), empty_label=_("Choose…"))
    dimension = forms.ModelChoiceField(
        Dimension.objects.all(), label=_("Dimension"), required=False, empty_label=_("None")
    )
    components = forms.MultipleChoiceField(
        label=_("Components where it lives"), widget=forms.CheckboxSelectMultiple
    )
    why_it_matters = forms.CharField(
        label=_("Why it matters to organizations"), required=False, max_length=4000, widget=_spanish(3)
    )
    government_view = forms.CharField(
        label=_("The government's consideration"), required=False, max_length=4000, widget=_spanish(3)
    )
    is_core = forms.BooleanField(label=_("It counts for the index"), required=False)

    def __init__(self, *args, guide, practice=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["components"].choices = [(one.slug, str(one)) for one in guide.components.all()]
        if practice:
            del self.fields["code"]


class CriterionForm(SeenForm):
    component = forms.ModelChoiceField(
        Component.objects.none(), label=_("Component"), empty_label=_("Choose…")
    )
    axis = forms.ChoiceField(label=_("Axis"), choices=Axis)
    statement_es = forms.CharField(label=_("What it asks"), max_length=2000, widget=_spanish(3))
    statement_en = forms.CharField(
        label=_("What it asks, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    max_points = forms.IntegerField(label=_("Points when complete"), min_value=2, max_value=100, initial=2)
    partial_points = forms.IntegerField(label=_("Points when partial"), min_value=1, max_value=99, initial=1)
    complete = forms.CharField(label=_("When it is complete"), max_length=1000, widget=_spanish(2))
    partial = forms.CharField(label=_("When it is partial"), max_length=1000, widget=_spanish(2))
    absent = forms.CharField(
        label=_("When it is absent"), required=False, max_length=1000, widget=_spanish(2)
    )

    def __init__(self, *args, guide, criterion=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["component"].queryset = guide.components.all()
        if criterion:
            del self.fields["component"]


class RubricForm(forms.Form):
    is_confirmed = forms.BooleanField(label=_("This is the official rubric"), required=False)
    source = forms.CharField(
        label=_("Where it was confirmed"),
        required=False,
        max_length=1000,
        widget=_spanish(2),
        help_text=_("Document, page and date."),
    )
    note = forms.CharField(
        label=_("What is to be known of it"), required=False, max_length=4000, widget=_spanish(3)
    )


class PublishGuideForm(forms.Form):
    understood = forms.BooleanField(
        label=_("I have read what changes; once published, the Guide stays as it is")
    )
