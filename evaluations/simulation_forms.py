"""The rules tried in a simulation, kept in the address alone so that a scenario can be shared."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations import scenarios
from evaluations.simulation import WHOLE, Rules

NUMBER = {"inputmode": "numeric"}


class ScenarioForm(forms.Form):
    """Weights, places in the tie-break, pass mark and budget. As they are, unless the address says."""

    minimo = forms.IntegerField(
        label=gettext_lazy("Pass mark"), min_value=0, max_value=WHOLE, widget=forms.TextInput(attrs=NUMBER)
    )
    presupuesto = forms.DecimalField(
        label=gettext_lazy("Budget"), min_value=0, max_digits=14, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip

    def __init__(self, data, *, criteria, rules):
        self.criteria, self.rules = criteria, rules
        asked = data if "minimo" in data or any(name.startswith("peso-") for name in data) else None
        super().__init__(asked, initial={"minimo": rules.pass_mark, "presupuesto": rules.budget})
        for criterion in criteria:
            self._add(criterion)

    def _add(self, criterion):
        places = {key: place for place, key in enumerate(self.rules.tie_break, start=1)}
        self.fields[f"peso-{criterion.key}"] = forms.IntegerField(
            label=_("Points of “%(criterion)s”") % {"criterion": criterion.name},
            min_value=0, max_value=WHOLE, initial=self.rules.weights[criterion.key],
            widget=forms.TextInput(attrs=NUMBER | {"class": "govuk-input govuk-input--width-4"}),
        )  # fmt: skip
        self.fields[f"desempate-{criterion.key}"] = forms.IntegerField(
            label=_("Place of “%(criterion)s” in the tie-break") % {"criterion": criterion.name},
            min_value=1, max_value=99, required=False, initial=places.get(criterion.key),
            widget=forms.TextInput(attrs=NUMBER | {"class": "govuk-input govuk-input--width-4"}),
        )  # fmt: skip

    def rows(self):
        """Each criterion with its two fields."""
        return [(one, self[f"peso-{one.key}"], self[f"desempate-{one.key}"]) for one in self.criteria]

    def clean(self):
        given = super().clean()
        self._refuse_other_than_a_hundred(given)
        self._refuse_the_same_place_twice(given)
        return given

    def _refuse_other_than_a_hundred(self, given):
        names = [f"peso-{criterion.key}" for criterion in self.criteria]
        if not names or any(given.get(name) is None for name in names):
            return
        if (total := sum(given[name] for name in names)) != WHOLE:
            self.add_error(
                names[0],
                _("The points add up to %(total)s: they have to add up to 100.") % {"total": total},
            )

    def _refuse_the_same_place_twice(self, given):
        taken = set()
        for criterion in self.criteria:
            place = given.get(f"desempate-{criterion.key}")
            if place in taken:
                self.add_error(
                    f"desempate-{criterion.key}", _("Another criterion has this place in the tie-break.")
                )
            taken.add(place or object())

    def scenario(self):
        """The rules to try: those typed, or those of the evaluation where nothing was."""
        if not self.is_bound:
            return self.rules
        given, keys = self.cleaned_data, [criterion.key for criterion in self.criteria]
        places = {key: given[f"desempate-{key}"] for key in keys if given[f"desempate-{key}"]}
        return Rules(
            weights={key: given[f"peso-{key}"] for key in keys},
            pass_mark=given["minimo"],
            budget=given["presupuesto"],
            tie_break=tuple(sorted(places, key=lambda key: places[key])),
        )


class SourceForm(forms.Form):
    """On which files Rules that are being written are tried: those of a past call, or made up from a seed."""

    de = forms.ChoiceField(label=gettext_lazy("Case files"), required=False)
    semilla = forms.IntegerField(
        label=gettext_lazy("Seed of the made-up files"), min_value=0, max_value=999_999, required=False,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=gettext_lazy("The same number always gives the same files."),
    )  # fmt: skip
    cuantas = forms.IntegerField(
        label=gettext_lazy("How many made-up files"), min_value=1, max_value=scenarios.MOST, required=False,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip

    def __init__(self, data, *, calls):
        asked = data if {"de", "semilla", "cuantas"} & set(data) else None
        super().__init__(asked, initial={"de": "", "semilla": 1, "cuantas": scenarios.FEW})
        named = [(call.folio, _("Call %(folio)s") % {"folio": call.folio}) for call in calls]
        self.fields["de"].choices = [("", _("Made up from a seed")), *named]

    def chosen(self):
        """The folio of a past call or nothing, the seed and how many files."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return given.get("de") or "", given.get("semilla") or 1, given.get("cuantas") or scenarios.FEW
