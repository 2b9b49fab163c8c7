"""What drafting, signing and publishing ask for. Input only: state is in no form."""

from django import forms
from django.db import models
from django.db.models import Q
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.forms import CheckedFileField
from programs.models import (
    NAMES,
    Annex,
    CoverageArea,
    Edition,
    GuideEdition,
    Milestone,
    Municipality,
    Program,
)
from programs.models.blocks.base import Block
from programs.models.editions import PUBLIC_STATES
from programs.wordforms import checked


class Beginnings(forms.ModelChoiceField):
    """What a draft may begin on: the editions of the person's programs, then what others published."""

    def offer(self, programs):
        editions = Edition.objects.exclude(state="recorded").select_related("program__agency")
        own, public = Q(program__in=programs), Q(state__in=PUBLIC_STATES)
        self.queryset = editions.filter(own | public).newest_first()
        groups = {_("Of this agency"): [], _("Of other agencies, published"): []}
        mine, others = groups.values()
        held = set(programs.values_list("pk", flat=True))
        for one in self.queryset:
            (mine if one.program_id in held else others).append((one.pk, self.label_from_instance(one)))
        self.choices = [("", self.empty_label), *((name, few) for name, few in groups.items() if few)]

    def label_from_instance(self, edition):
        return f"{edition} ({edition.program.agency.acronym})"


class NewDraftForm(forms.Form):
    program = forms.ModelChoiceField(Program.objects.none(), label=_("Program"), empty_label=_("Choose…"))
    fiscal_year = forms.IntegerField(label=_("Fiscal year"), min_value=2020, max_value=2100)
    guide = forms.ModelChoiceField(GuideEdition.objects.published(), label=_("Edition of the Guide"))
    based_on = Beginnings(
        Edition.objects.none(),
        required=False,
        label=_("Begin with the text and data of"),
        empty_label=_("An empty edition"),
        help_text=_(
            "Every component and row is copied, with its dates moved to the new year; those dates are "
            "listed to be reviewed. The other edition does not change. What comes from another agency "
            "names it, clause by clause, as an adopted clause does: change its contacts and amounts to yours."
        ),
    )
    word = forms.FileField(
        required=False,
        label=_("Or begin with a Word document (.docx)"),
        help_text=_(
            "It is read once the draft is started; you see where each part goes before anything is written."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args, programs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = programs
        self.fields["fiscal_year"].initial = timezone.localdate().year + 1
        self.fields["fiscal_year"].localize = False
        self.fields["guide"].initial = GuideEdition.objects.published().first()
        self.fields["based_on"].offer(programs)

    def clean_word(self):
        upload = self.cleaned_data["word"]
        return checked(upload) if upload else upload


class VersionForm(forms.Form):
    """The version that the writer began from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class TextForm(VersionForm):
    """The prose of a component and its summary; which page writes them, and its turn."""

    html = forms.CharField(
        label=_("Text of the component"), required=False, strip=False, widget=forms.Textarea
    )
    summary = forms.CharField(
        label=_("In plain words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "es"}),
        help_text=_("Two or three short sentences for somebody who never read Rules. They are published."),
    )
    writer = forms.CharField(required=False, max_length=40)
    turn = forms.IntegerField(required=False, min_value=0, max_value=10**9)

    @classmethod
    def of(cls, text):
        return cls(initial={"html": text.text, "summary": text.summary, "version": text.version})

    def text(self):
        """What is to be saved. A form without the summary leaves it as it is."""
        given = {name: self.cleaned_data[name] for name in ("html", "version")}
        return given | ({"summary": self.cleaned_data["summary"]} if "summary" in self.data else {})


class NotApplicableForm(VersionForm):
    reason = forms.CharField(
        label=_("Why this component does not apply"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is published in place of the text. Leave it empty if the component does apply."),
    )

    @classmethod
    def of(cls, text):
        initial = {"reason": text.not_applicable_reason, "version": text.version}
        return cls(auto_id="id_na_%s", initial=initial)


class PresenceForm(forms.Form):
    """The page that says that it is open, and whether it is being left."""

    page = forms.RegexField(r"^[0-9a-f]{8,40}$")
    leaving = forms.BooleanField(required=False)


class CommentForm(forms.Form):
    """A comment, and the passage that it is about, if it is about one."""

    quote = forms.CharField(
        label=_("Passage"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "es"}),
        help_text=_("Copy it from the text. Leave it empty to comment the whole component."),
    )
    prefix = forms.CharField(required=False, max_length=200, strip=False, widget=forms.HiddenInput)
    suffix = forms.CharField(required=False, max_length=200, strip=False, widget=forms.HiddenInput)
    body = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    body = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class TaskForm(forms.Form):
    """Whom a comment waits for, of the people given, and until when."""

    owner = forms.ChoiceField(label=_("Who has to do it"), required=False)
    due_on = forms.DateField(
        label=_("Until"),
        required=False,
        localize=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, people, thread, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.fields["owner"].choices = [("", _("Nobody")), *self.people.items()]
        self.initial["owner"] = thread.owner and thread.owner.public_id
        self.initial["due_on"] = thread.due_on

    def clean_owner(self):
        return self.people.get(self.cleaned_data["owner"])


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
        for field in self.fields.values():
            _invite_a_choice(field)

    def parts(self):
        """The fields in the order of the page: legend, hint, the way they belong to, and the fields."""
        return [("", "", "", list(self))]


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

    file = CheckedFileField(label=_("file"), required=False)


class MilestoneForm(BlockForm):
    """A milestone: a date, or so many days after another one. What is not the way chosen is not kept."""

    WAYS = (
        ("date", _("On a date")),
        ("rule", _("So many days after another milestone")),
    )
    OF_A_WAY = {"date": ("on",), "rule": ("days", "unit", "after")}

    way = forms.ChoiceField(label=_("How the date is set"), choices=WAYS, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["code", "side", "way", "on", "days", "unit", "after", "latest"])
        self.fields["way"].initial = "rule" if self.instance.days is not None else "date"
        self.fields["latest"].help_text = _(
            "Only if the Rules leave a range: the call fixes the day, from the date to this one."
        )

    def parts(self):
        return [
            ("", "", "", [self["code"], self["side"], self["way"]]),
            (_("If it is on a date"), "", "date", [self["on"]]),
            (_("If it is so many days after"), "", "rule", [self["days"], self["unit"], self["after"]]),
            ("", "", "", [self["latest"]]),
        ]

    def clean(self):
        """What belongs to the way that was not chosen is left out; what belongs to the other is needed."""
        values = super().clean() or {}
        chosen = values.pop("way", None)
        for way, names in self.OF_A_WAY.items() if chosen else ():
            for name in names:
                if way != chosen:
                    values[name] = getattr(self.fields[name], "empty_value", None)
                    self.errors.pop(name, None)
                elif values.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, NEEDED[name])
        return values


NEEDED = {
    "on": _("Give the date."),
    "days": _("Give the number of days."),
    "unit": _("Say whether they are calendar or business days."),
    "after": _("Choose the milestone they are counted from."),
}
FORMS: dict[type, type[BlockForm]] = {
    Annex: AnnexForm,
    CoverageArea: CoverageAreaForm,
    Milestone: MilestoneForm,
}


def _invite_a_choice(field):
    """Words instead of a line of dashes where nothing is chosen yet."""
    choices = getattr(field, "choices", None)
    if choices and next(iter(choices)) == BLANK_CHOICE_DASH[0]:
        field.choices = [("", _("Choose…")), *list(choices)[1:]]


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
