"""The form of an application, made from what the Rules ask. It only shows and carries what people type.

What is valid is decided where it is kept (``actions``), so that a form never refuses to be saved.
"""

from functools import cache

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.entries import day_field
from calls import tabular, typed
from calls.actions.answers import Typed, mark_of, project_value
from calls.forms import controls
from documents import pesos
from documents.forms import CheckedFileField, accepted_in_words
from programs.models import ApplicationQuestion, Municipality

Kind = ApplicationQuestion.Kind
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
MARK = "mark-"


class OpenForm(forms.Form):
    """A form that takes anything; errors are told to it afterwards. Each field travels with its mark."""

    data: QueryDict
    initial: dict

    def full_clean(self):
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def add_open_field(self, name, field, value):
        self.fields[name] = field
        self.initial[name] = value
        self.fields[MARK + name] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial[MARK + name] = mark_of(value)

    def typed(self):
        """What came, for each field that came: text and mark."""
        return {
            name: Typed(self._said(name), self.data.get(MARK + name))
            for name in self.fields
            if not name.startswith(MARK) and (name in self.data or MARK + name in self.data)
        }

    def _said(self, name):
        """What was typed in a field as one text, however many controls it has."""
        return self.fields[name].widget.value_from_datadict(self.data, {}, name) or ""

    def tell(self, saved):
        """Show beside each field what is not valid, and take the new marks."""
        self.data = self.data.copy()
        errors = self.errors
        for name, message in saved.errors.items():
            errors[name] = self.error_class([message])
        for name, mark in saved.marks.items():
            self.data[MARK + name] = mark

    @property
    def shown(self):
        """The fields to show, each with its words limit."""
        return [self[name] for name in self.fields if not name.startswith(MARK)]

    @property
    def marks(self):
        return [self[name] for name in self.fields if name.startswith(MARK)]


def municipality_choices():
    """Every municipality by its name. A field reads them once, when it is shown."""
    return [("", _("Choose one")), *Municipality.objects.order_by("name").values_list("pk", "name")]


class QuestionsForm(OpenForm):
    """The questions of one section, or the few that a prevention marked."""

    def __init__(self, questions, data=None, files=None, *, places=None):
        super().__init__(data, files)
        self.questions = {question.key: question for question in questions}
        for key, question in self.questions.items():
            answer = question.given
            if question.is_file:
                self.fields[key] = file_field_for(question, places[key])
            else:
                self.add_open_field(key, field_for(question), answer.text if answer else "")

    def typed(self):
        """What was written; files are not."""
        return {key: said for key, said in super().typed().items() if not self.questions[key].is_file}

    def attached(self):
        """The files that came by their question, and what is wrong with those that are not accepted."""
        found, wrong = {}, {}
        for key in [key for key, question in self.questions.items() if question.is_file]:
            field = self.fields[key]
            came = field.widget.value_from_datadict(self.data, self.files, key)
            try:
                found |= {key: field.clean(came)} if came else {}
            except forms.ValidationError as refused:
                wrong[key] = " ".join(refused.messages)
        return found, wrong

    @property
    def rows(self):
        """Each field with its limit of words."""
        return [
            {
                "field": self[key],
                "max_words": question.word_limit or 0,
                "prefix": prefix_of(question),
                "question": question,
                "after": self.questions.get(question.question_key),
                "waits_for": self._waits_for(question),
            }
            for key, question in self.questions.items()
        ]

    def _waits_for(self, question):
        """The value of the other question's control at which this one is asked."""
        named = self.questions.get(question.question_key)
        return named.value_of(question.question_answer) if named else ""


def prefix_of(question):
    return "$" if question.kind == Kind.MONEY else ""


def field_for(question):
    """The control for a kind of question, with its label and help."""
    named = {"label": question.label, "help_text": question.help, "required": question.is_obligatory}
    if question.kind == Kind.DATE and not question.help:
        named["help_text"] = _("Day/month/year, for example 31/03/2026.")
    if question.kind == Kind.MUNICIPALITY:
        return forms.ChoiceField(choices=cache(municipality_choices), **named)
    if question.kind in (Kind.CHOICE, Kind.YES_NO):
        choices = YES_NO if question.kind == Kind.YES_NO else [(one, one) for one in question.choice_lines]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **named)
    return forms.CharField(widget=_control_for(question), **named)


def file_field_for(question, place):
    field = CheckedFileField(
        label=question.label,
        help_text=f"{question.help} {accepted_in_words(place.allowed)}".strip(),
        required=question.is_obligatory,
        allowed=place.allowed,
    )
    field.place = place
    return field


def _control_for(question):
    """The box, or the boxes, where an answer of free text is typed."""
    match Kind(question.kind):
        case Kind.LONG:
            return forms.Textarea(attrs={"rows": 8})
        case Kind.NUMBER | Kind.MONEY:
            return forms.TextInput(attrs={"inputmode": "decimal", "class": "w-10"})
        case Kind.DATE:
            return forms.TextInput(attrs={"class": "w-10"})
        case Kind.MUNICIPALITIES:
            return controls.Places()
        case Kind.TABLE | Kind.INDICATORS:
            return controls.Rows(tabular.columns_of(question))
    return forms.TextInput()


class ProjectForm(OpenForm):
    """What the project is called, what it asks for, and where it happens."""

    def __init__(self, contents, data=None):
        super().__init__(data)
        application = contents.application
        for name, field in self._fields(contents).items():
            self.add_open_field(name, field, project_value(application, name))

    def _fields(self, contents):
        fields = {"project_title": forms.CharField(label=_("Title of the project"), max_length=200)}
        if contents.modalities:
            fields["modality"] = forms.ChoiceField(
                label=_("Modality of support"),
                choices=[(m.key, modality_words(m)) for m in contents.modalities],
                widget=forms.RadioSelect,
            )
        fields["requested_amount"] = forms.CharField(
            label=_("Amount requested, in pesos"),
            help_text=_("What the grant would pay, without your own contribution."),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-10"}),
        )
        fields["municipality"] = forms.ChoiceField(
            label=_("Municipality where the project takes place"), choices=cache(municipality_choices)
        )
        return fields


def modality_words(modality):
    least, most = pesos.figures(modality.minimum), pesos.figures(modality.maximum)
    words = _("%(name)s: from %(least)s to %(most)s") % {"name": modality.name, "least": least, "most": most}
    if modality.own_share:
        share = f"{modality.own_share.normalize():f}"
        words += " · " + _("own contribution of at least %(share)s %% of the total cost") % {"share": share}
    return words


class EligibilityForm(OpenForm):
    """Yes or no to each condition of the Rules."""

    def __init__(self, contents, data=None):
        super().__init__(data)
        self.rules = {rule.key: rule for rule in contents.eligibility_rules}
        for key, rule in self.rules.items():
            given = rule.given.answer if rule.given else None
            field = forms.ChoiceField(
                label=rule.question, choices=YES_NO, widget=forms.RadioSelect, help_text=rule.statement
            )
            self.add_open_field(key, field, {True: "yes", False: "no", None: ""}[given])

    def answers(self):
        """True, False or None for each rule that came."""
        read = {"yes": True, "no": False}
        return {key: read.get(self.data.get(key, "")) for key in self.rules}


AMOUNTS = ("from_grant", "own_money", "own_kind")


class LineForm(forms.Form):
    """One line of the budget. A line without concept, description and amounts is no line."""

    rule = forms.ChoiceField(label=gettext_lazy("Concept"), required=False)
    description = forms.CharField(label=gettext_lazy("What it is"), max_length=250, required=False)
    from_grant = forms.CharField(label=gettext_lazy("From the grant"), required=False)
    own_money = forms.CharField(label=gettext_lazy("Own, in money"), required=False)
    own_kind = forms.CharField(label=gettext_lazy("Own, in kind"), required=False)

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = {rule.key: rule for rule in rules}
        self.fields["rule"].choices = [("", _("Choose one")), *((r.key, r.concept) for r in rules)]
        for name in AMOUNTS:
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "data-amount": name}

    def clean(self):
        cleaned = super().clean()
        self.is_empty = not any(str(value).strip() for value in cleaned.values()) and not self.errors
        if self.is_empty:
            return cleaned
        for name in AMOUNTS:
            self._clean_amount(name, cleaned)
        if not cleaned.get("rule"):
            self.add_error("rule", _("Choose the concept of this line."))
        if not (cleaned.get("description") or "").strip():
            self.add_error("description", _("Say what it is."))
        return cleaned

    def _clean_amount(self, name, cleaned):
        try:
            cleaned[name] = typed.money(cleaned.get(name) or "0")
        except typed.NotAnAnswer as reason:
            self.add_error(name, str(reason))

    def line(self):
        """The values of a valid line."""
        said = self.cleaned_data
        return {
            "rule": self.rules[said["rule"]],
            "description": said["description"].strip(),
            **{name: said[name] for name in AMOUNTS},
        }


class Lines(forms.BaseFormSet):
    """All the lines, as the action takes them."""

    def lines(self):
        return [form.line() for form in self.forms if not form.is_empty]


SPARE_LINES, MOST_LINES = 3, 60
LineFormSet = forms.formset_factory(
    LineForm, formset=Lines, extra=SPARE_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def lines_form(contents, data=None):
    initial = [
        {
            "rule": line.rule_key,
            "description": line.description,
            **{name: f"{getattr(line, name):.2f}" for name in AMOUNTS},
        }
        for line in contents.lines
    ]
    return LineFormSet(data, initial=initial, prefix="l", form_kwargs={"rules": contents.budget_rules})


class UploadForm(forms.Form):
    """One file for one requirement, and its date of issue where it is what organizations keep."""

    file = CheckedFileField(label=gettext_lazy("File to attach"))
    issued_on = day_field(
        gettext_lazy("Date of issue"),
        required=False,
        help_text=gettext_lazy(
            "As written on it. With its date it is kept among the documents of your organization and serves "
            "for other calls while it is valid."
        ),
    )

    def __init__(self, *args, requirement, place, hint="", **kwargs):
        super().__init__(*args, prefix=f"d-{requirement.key}", **kwargs)
        self.fields["file"].help_text = hint
        self.fields["file"].allowed = place.allowed
        self.fields["file"].place = place
        if not requirement.document_kind:
            del self.fields["issued_on"]

    def supplied(self):
        """What is handed in: the file and, of what organizations keep, its date of issue."""
        said = self.cleaned_data
        return {"upload": said["file"], "issued_on": said.get("issued_on")}
