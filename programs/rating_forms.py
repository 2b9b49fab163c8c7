"""What planning's assessor and the agency type about a rating. Input only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.actions.ratings import Said


class SectionForm(forms.Form):
    """The criteria of one section, each with its level and a comment. Any of them may be left for later."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = [criterion for _mark, criterion in rows]
        for mark, criterion in rows:
            self._ask(criterion, mark)

    def _ask(self, criterion, mark):
        levels = [(one.value, _words(one)) for one in criterion.levels]
        self.fields[f"level-{criterion.key}"] = forms.ChoiceField(
            label=_("Level"), choices=levels, required=False, widget=forms.RadioSelect,
            initial=mark and mark.level,
        )  # fmt: skip
        self.fields[f"comment-{criterion.key}"] = forms.CharField(
            label=_("What planning says"), required=False, max_length=4000, initial=mark and mark.comment,
            widget=forms.Textarea(attrs={"rows": 3, "lang": "es"}),
            help_text=_("Needed unless it is complete: what is missing, and where."),
        )  # fmt: skip

    def parts(self):
        """Each criterion with its two fields."""
        return [(one, self[f"level-{one.key}"], self[f"comment-{one.key}"]) for one in self.criteria]

    def said(self):
        given = self.cleaned_data
        return [Said(one, given[f"level-{one.key}"], given[f"comment-{one.key}"]) for one in self.criteria]


def _words(level):
    points = f"{level.label} ({level.points})"
    return f"{points}: {level.descriptor}" if level.descriptor else points


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Reply of the agency"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "es"}),
        help_text=_("It is shown beside what planning said. Leave it empty to take it back."),
    )
