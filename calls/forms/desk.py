"""What the desk types: checks of requirements, the notice of defects, why something is discarded."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.actions.desk import MOST_DAYS, DefectFound
from calls.models import Defect, RequirementCheck


class ChecksForm(forms.Form):
    """For each document: met or observed, with its note. What is left without an answer stays unchecked."""

    def __init__(self, requirements, checks, data=None):
        super().__init__(data)
        self.requirements = {requirement.key: requirement for requirement in requirements}
        for key, requirement in self.requirements.items():
            known = checks.get(requirement.pk)
            self.fields[f"outcome-{key}"] = forms.ChoiceField(
                label=requirement.name,
                choices=RequirementCheck.Outcome.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=known.outcome if known else "",
            )
            self.fields[f"note-{key}"] = forms.CharField(
                label=_("Note on “%(document)s”") % {"document": requirement.name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=known.note if known else "",
            )

    def clean(self):
        cleaned = super().clean()
        for key in self.requirements:
            observed = cleaned.get(f"outcome-{key}") == RequirementCheck.Outcome.OBSERVED
            if observed and not (cleaned.get(f"note-{key}") or "").strip():
                self.add_error(f"note-{key}", _("Say what was observed."))
        return cleaned

    def found(self):
        """(requirement, outcome, note) for each that was answered."""
        said = self.cleaned_data
        return [
            (requirement, said[f"outcome-{key}"], said[f"note-{key}"])
            for key, requirement in self.requirements.items()
            if said[f"outcome-{key}"]
        ]

    def fields_of(self, key):
        return self[f"outcome-{key}"], self[f"note-{key}"]


class DefectsForm(forms.Form):
    """A row for each document and answer: of which kind the defect is, and what to do."""

    def __init__(self, contents, observed, data=None):
        super().__init__(data)
        self.things = {f"d-{r.key}": ("requirement", r) for r in contents.requirements}
        self.things |= {f"q-{q.key}": ("question", q) for q in contents.questions}
        for name, (kind, thing) in self.things.items():
            note = observed.get(thing.pk, "") if kind == "requirement" else ""
            self.fields[f"kind-{name}"] = forms.ChoiceField(
                label=_("Defect"),
                choices=[("", _("Without defects")), *Defect.Kind.choices],
                required=False,
                initial=Defect.Kind.INCORRECT if note else "",
            )
            self.fields[f"comment-{name}"] = forms.CharField(
                label=_("What the organization has to do"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=note,
            )

    def clean(self):
        cleaned = super().clean()
        for name in self.things:
            if cleaned.get(f"kind-{name}") and not (cleaned.get(f"comment-{name}") or "").strip():
                self.add_error(f"comment-{name}", _("Say what the organization has to do."))
        if not any(cleaned.get(f"kind-{name}") for name in self.things):
            raise forms.ValidationError(_("Mark at least one document or answer to be corrected."))
        return cleaned

    def found(self):
        """The defects marked, as the action takes them."""
        said = self.cleaned_data
        return [
            DefectFound(said[f"kind-{name}"], said[f"comment-{name}"].strip(), **{kind: thing})
            for name, (kind, thing) in self.things.items()
            if said[f"kind-{name}"]
        ]

    def rows(self):
        return [
            {"thing": thing, "is_document": kind == "requirement", "kind": self[f"kind-{name}"],
             "comment": self[f"comment-{name}"]}
            for name, (kind, thing) in self.things.items()
        ]  # fmt: skip


class PreventionForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Business days to correct"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Those of the Rules. They count from the day after the notice."),
        widget=forms.NumberInput(attrs={"class": "w-2"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the organization"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DiscardForm(forms.Form):
    """Whether it could be corrected, and why it is discarded."""

    curable = forms.ChoiceField(
        label=gettext_lazy("Could the organization correct it?"),
        choices=[
            ("yes", gettext_lazy("Yes: a document or an answer is missing or wrong")),
            ("no", gettext_lazy("No: nothing it could send would change it (for example, it may not apply)")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, with its place in the Rules"),
        help_text=gettext_lazy("The organization reads it as you write it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write why it is discarded: the organization will read it.")
        },
    )

    def discard(self):
        return {"curable": self.cleaned_data["curable"] == "yes", "reason": self.cleaned_data["reason"]}
