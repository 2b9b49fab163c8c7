"""What drafting, signing and publishing ask for. Input only: state is in no form."""

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import intake
from programs.models import NAMES, Annex, CoverageArea, Edition, GuideEdition, Municipality, Program
from programs.models.blocks.base import Block


class NewDraftForm(forms.Form):
    program = forms.ModelChoiceField(Program.objects.none(), label=_("Program"))
    fiscal_year = forms.IntegerField(label=_("Fiscal year"), min_value=2020, max_value=2100)
    guide = forms.ModelChoiceField(GuideEdition.objects.all(), label=_("Edition of the Guide"))
    based_on = forms.ModelChoiceField(
        Edition.objects.none(),
        required=False,
        label=_("Begin with the text and data of"),
        empty_label=_("An empty edition"),
        help_text=_("Every component and row is copied; the earlier edition does not change."),
    )

    def __init__(self, *args, programs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = programs
        self.fields["fiscal_year"].initial = timezone.localdate().year + 1
        self.fields["fiscal_year"].localize = False
        self.fields["guide"].initial = GuideEdition.objects.first()
        self.fields["based_on"].queryset = (
            Edition.objects.filter(program__in=programs).exclude(state="recorded").newest_first()
        )


class TextForm(forms.Form):
    """The prose of a component, with the version that the writer began from."""

    html = forms.CharField(
        label=_("Text of the component"), required=False, strip=False, widget=forms.Textarea
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class NotApplicableForm(forms.Form):
    reason = forms.CharField(
        label=_("Why this component does not apply"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is published in place of the text. Leave it empty if the component does apply."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RestoreForm(forms.Form):
    """The version that stood when the person decided to restore another."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class VersionNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this version"),
        required=False,
        max_length=80,
        help_text=_("For example: as it was sent to legal review. Leave it empty to take the name away."),
    )


class SignForm(forms.Form):
    """A refusal, or the reason for opening an approved edition again."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class PublishForm(forms.Form):
    """The citation of the official gazette and the day from which the Rules are in force."""

    gazette_date = forms.DateField(
        label=_("Date in the gazette"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    gazette_volume = forms.CharField(label=_("Volume"), max_length=40, help_text=_("for example: CDXIII"))
    gazette_number = forms.CharField(label=_("Number"), max_length=40)
    gazette_section = forms.CharField(label=_("Section"), max_length=40, required=False)
    gazette_page = forms.CharField(label=_("Page"), max_length=40, required=False)
    is_special_edition = forms.BooleanField(label=_("It appeared in a special edition"), required=False)
    in_force_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    understood = forms.BooleanField(label=_("I have read what becomes public and that it cannot be undone"))


# The rows of data: one form for every block, made from its model


class BlockForm(forms.ModelForm):
    """A row of a block: its data and nothing else; keys of other rows are chosen from a list by name."""

    class Meta:
        model = Block
        fields: list[str] = []

    def __init__(self, *args, contents, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NAMES.keys() & self.fields.keys():
            self.fields[name] = _choice_of_a_row(contents, name, self.fields[name])


def _choice_of_a_row(contents, name, field):
    rows = [(row.key, str(row)) for row in contents.rows(NAMES[name])]
    nothing = _("All modalities") if name == "modality_key" else _("None")
    return forms.ChoiceField(choices=[("", nothing), *rows], required=False, label=field.label)


class CoverageAreaForm(BlockForm):
    """A region or a municipality is chosen from the list of the state's."""

    region = forms.ChoiceField(label=_("region"), required=False)
    municipality_key = forms.ChoiceField(label=_("municipality"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = list(Municipality.objects.values_list("key", "name", "region"))
        regions = sorted({region for *_place, region in places})
        self.fields["region"].choices = [("", _("None")), *((name, name) for name in regions)]
        self.fields["municipality_key"].choices = [
            ("", _("None")),
            *((key, name) for key, name, _r in places),
        ]


class AnnexForm(BlockForm):
    """An annex with its file, checked by its bytes; without a new one the file that it has stays."""

    file = forms.FileField(label=_("file"), required=False)

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload:
            try:
                intake.check(upload)
            except intake.FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


FORMS: dict[type, type[forms.ModelForm]] = {CoverageArea: CoverageAreaForm, Annex: AnnexForm}


def form_for(model):
    """The form of a block's rows: every data field but the one that names the row it is nested in."""
    names = [f.name for f in model.data_fields() if f.editable and f.name != model.parent_field]
    form = FORMS.get(model, BlockForm)
    return forms.modelform_factory(model, form=form, fields=names, formfield_callback=_form_field)


def _form_field(field, **options):

    if isinstance(field, models.DateField):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return field.formfield(widget=widget, localize=False, **options)
    if isinstance(field, models.DecimalField):
        return field.formfield(localize=True, min_value=0, **options)
    if isinstance(field, models.URLField):
        return field.formfield(assume_scheme="https", **options)
    if isinstance(field, models.TextField):
        return field.formfield(widget=forms.Textarea(attrs={"rows": 3}), **options)
    return field.formfield(**options)
