"""What bringing in a Word file asks for: the file, and then where each piece of it goes. Input only."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.inspection import FileRefused
from programs.actions.word_imports import APPEND, LEAVE, REPLACE, Choices
from programs.word import opening

ROWS, PROSE = "rows", "prose"


def checked(upload):
    """The Word file, opened before any lock is taken; a refusal is answered beside its field."""
    try:
        opening.check(upload)
    except FileRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return upload


class WordForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Word document (.docx)"),
        help_text=gettext_lazy(
            "At most 20 MB, without macros or password. Nothing changes until you accept it."
        ),
        error_messages={"required": gettext_lazy("Choose the document before pressing the button.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self):
        return checked(self.cleaned_data["file"])


class ImportForm(forms.Form):
    """A place for each unit, and for each table that is data whether it becomes rows."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Where a component has a text already"),
        choices=[
            (
                REPLACE,
                gettext_lazy("Put the document's text in its place; the one there is kept as a version"),
            ),
            (APPEND, gettext_lazy("Add the document's text after it")),
        ],
        initial=REPLACE,
        widget=forms.RadioSelect,
    )
    versions = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, plan, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.initial["versions"] = ",".join(f"{text.component.slug}:{text.version}" for text in texts)
        components = [
            (text.component.slug, f"{text.component.number}. {text.component.title}") for text in texts
        ]
        self.places = [(LEAVE, _("Leave it out, with its data")), *components]
        for unit in plan["units"]:
            self.fields[f"place_{unit['id']}"] = self._place(unit)
        for table in plan["tables"]:
            if table["model"]:
                self._table(table)

    def _place(self, unit):
        choices = self.places if unit["slug"] else [("", _("Choose…")), *self.places]
        return forms.ChoiceField(
            label=_("Where “%(heading)s” goes")
            % {"heading": unit["heading"] or _("what stands before any title")},
            choices=choices,
            initial=unit["slug"] or unit["suggestion"],
            error_messages={"required": _("Choose a component, or leave it out.")},
        )

    def _table(self, table):
        good = any(not row["problem"] for row in table["rows"])
        self.fields[f"table_{table['id']}"] = forms.ChoiceField(
            label=_("What this table is"),
            choices=[
                (ROWS, _("Data: each row that makes sense becomes a row of the component")),
                (PROSE, _("Text: it stays as a table of the text")),
            ],
            initial=ROWS if good else PROSE,
            widget=forms.RadioSelect,
        )
        for one in table["missing"]:
            self.fields[f"fill_{table['id']}_{one['name']}"] = forms.ChoiceField(
                label=_("%(field)s, for all the rows") % {"field": one["label"]},
                choices=[("", _("Choose…")), *one["choices"]],
                required=False,
            )

    def clean(self):
        cleaned = super().clean()
        for table in self.plan["tables"]:
            if cleaned.get(f"table_{table['id']}") != ROWS:
                continue
            for one in table["missing"]:
                if not cleaned.get(f"fill_{table['id']}_{one['name']}"):
                    self.add_error(
                        f"fill_{table['id']}_{one['name']}",
                        _("Its rows need it: choose one, or keep the table as text."),
                    )
        return cleaned

    @property
    def choices(self):
        """What the person decided, as the action takes it."""
        said = self.cleaned_data
        return Choices(
            places={unit["id"]: said[f"place_{unit['id']}"] for unit in self.plan["units"]},
            versions=_versions(said["versions"]),
            as_rows={one["id"] for one in self.plan["tables"] if said.get(f"table_{one['id']}") == ROWS},
            fills={
                table["id"]: {
                    one["name"]: said[f"fill_{table['id']}_{one['name']}"] for one in table["missing"]
                }
                for table in self.plan["tables"]
                if table["model"] and table["missing"]
            },
            mode=said["mode"],
        )


def _versions(words):
    pairs = (one.rpartition(":") for one in words.split(",") if ":" in one)
    return {slug: int(number) for slug, _colon, number in pairs if number.isdecimal() and len(number) < 9}
