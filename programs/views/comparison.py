"""Two editions side by side: a draft with what was published, or two that were published."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView

from programs import burden, comparing
from programs.actions import explanations
from programs.models import Requirement
from programs.states import EditionState
from programs.views.public import EditionOfYear, public
from programs.views.studio import DraftView

ONLY_MORE, MODEL = "mas", "guia"


class ExplanationForm(forms.Form):
    """What the agency says of its changes, with the text that the writer began from."""

    text = forms.CharField(
        label=gettext_lazy("Explanation of changes"),
        required=False,
        strip=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "In your own words: what these Rules change and why, first of all what asks more of "
            "organizations. It is published with them."
        ),
    )
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class Comparing:
    """The edition ``con`` of the address is set beside the one of the page."""

    @cached_property
    def choices(self):
        return comparing.choices(self.get_edition())

    @cached_property
    def other(self):
        code = self.request.GET.get("con", "")
        found = self.choices.named(code) if code else self.choices.usual
        if code and found is None:
            raise Http404
        return found

    @cached_property
    def comparison(self):
        return comparing.compared(comparing.of_publication(self.other), self.text()) if self.other else None

    def get_context_data(self, **kwargs):
        only_more = self.request.GET.get("carga") == ONLY_MORE
        return super().get_context_data(
            comparison=self.comparison,
            other=self.other,
            choices=self.choices,
            only_more=only_more,
            blocks=_shown(self.comparison, only_more) if self.comparison else [],
            filters=[(ONLY_MORE, _("Only more burden"))],
            **kwargs,
        )


def _shown(comparison, only_more):
    """The changes of the data that the reader wants to see, block by block."""
    shown = [(block, list(_heavier(block.rows)) if only_more else block.rows) for block in comparison.blocks]
    return [(block, rows) for block, rows in shown if rows]


def _heavier(rows):
    """Of each row that weighs more, what makes it so."""
    for row in rows:
        fields = [change for change in row.fields if any(effect.is_more for effect in change.effects)]
        if fields or row.weighs_more:
            yield replace(row, fields=tuple(fields or row.fields))


class DraftComparison(Comparing, DraftView, TemplateView):
    """A draft beside last year's Rules or those of another program, with what it asks of organizations."""

    template_name = "programs/comparison_draft.html"

    def get_edition(self):
        return self.edition

    def text(self):
        return comparing.of_contents(self.contents)

    @cached_property
    def is_with_model(self):
        return self.request.GET.get("con") == MODEL and self.has_model

    @cached_property
    def has_model(self):
        """The Guide gives a text for some component."""
        return any(text.component.model_text for text in self.contents.texts)

    @cached_property
    def other(self):
        return None if self.is_with_model else super().other

    @cached_property
    def comparison(self):
        if self.is_with_model:
            return comparing.compared(*comparing.of_model(self.contents))
        return super().comparison

    def get_context_data(self, **kwargs):
        written = self.edition.explanation_of_changes
        kwargs.setdefault("form", ExplanationForm(initial={"text": written, "seen": written}))
        return super().get_context_data(
            burdens=burden.beside(self.edition, self.contents.rows(Requirement), self.choices.all),
            burden_formula=burden.FORMULA,
            is_with_model=self.is_with_model,
            has_model=self.has_model,
            **kwargs,
        )


class Explain(DraftComparison):
    """Keep the explanation of changes. Two who write at once both see both texts."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.require_change()
        form = ExplanationForm(request.POST)
        if form.is_valid() and self._keep(form):
            messages.success(request, _("The explanation is kept. It is published with the Rules."))
            return redirect(f"{reverse('programs:draft_comparison', args=[self.edition.code])}#explanation")
        return render(request, self.template_name, self.get_context_data(form=form), status=409)

    def _keep(self, form):
        try:
            explanations.explain(self.edition, by=self.request.user, **form.cleaned_data)
        except explanations.CannotExplain as refusal:
            form.add_error("text", str(refusal))
            form.data = form.data.copy()
            form.data["seen"] = self.edition.explanation_of_changes
            return False
        return True


@public
class PublishedComparison(Comparing, EditionOfYear, DetailView):
    """Two published editions side by side, for everybody."""

    template_name = "programs/comparison_public.html"
    context_object_name = "edition"

    def get_object(self, queryset=None):
        edition = super().get_object(queryset)
        if edition.state == EditionState.RECORDED:
            raise Http404
        return edition

    def get_edition(self):
        return self.object

    def text(self):
        return comparing.of_publication(self.object)
