"""The levels of a criterion as rows of one form. Input only."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

SPARE = 2


class LevelForm(forms.Form):
    """One level; a row left empty is none."""

    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    points = forms.IntegerField(label=_("points"), min_value=0, max_value=100)
    label = forms.CharField(label=_("level"), max_length=80)
    descriptor = forms.CharField(label=_("what it takes"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(str(field.label or ""))


class BaseLevels(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def clean(self):
        """Each level gives points of its own: the error stands at the second one that gives them."""
        seen = set()
        for form in self.live:
            points = form.cleaned_data.get("points")
            if points in seen and points is not None:
                form.add_error("points", _("Another level of this criterion gives these points already."))
            seen.add(points)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this level out")

    @property
    def live(self):
        """The rows that say something and stay."""
        return [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not self._should_delete_form(form)
        ]

    @property
    def given(self):
        return [form.cleaned_data for form in self.live]


Levels = forms.formset_factory(LevelForm, formset=BaseLevels, extra=SPARE, can_delete=True, max_num=20)
Levels.get_default_prefix = classmethod(lambda cls: "levels")
