"""Divergence: its threshold, the files in which a third evaluator is called, and going on without one."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.acts import ActNotPossible
from calls.states import CallState
from evaluations import diverging
from evaluations.actions import divergence, reviews
from evaluations.forms import ReasonForm
from evaluations.models import Divergence, EvaluationSettings
from evaluations.views.ofcall import ActPage, OfCall


class ThresholdForm(forms.Form):
    """By how much two reviews may differ."""

    divergence = forms.DecimalField(
        label=gettext_lazy("Most that two reviews of a file may differ"), max_digits=5, decimal_places=2,
        help_text=gettext_lazy("When they differ by more than this, a third evaluator is called."),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=gettext_lazy("Counted in"), choices=EvaluationSettings.Unit.choices, widget=forms.RadioSelect
    )


class Threshold(ActPage):
    """Set the threshold of divergence, before anybody scores."""

    permission_required = "evaluations.coordinate_evaluation"
    form_class = ThresholdForm
    refusals = divergence.CannotSet
    goes_to, done = "evaluations:divergences", gettext_lazy("The threshold was kept.")
    extra_context = {
        "title": gettext_lazy("Threshold of divergence"),
        "intro": gettext_lazy(
            "It is set before anybody scores and does not change afterwards. The mean is that of all the "
            "reviews of a file, the third one included."
        ),
        "button": gettext_lazy("Keep the threshold"),
    }

    def why_not(self):
        return divergence.why_closed(self.call)

    def get_initial(self):
        known = diverging.settings_of(self.call)
        return {"divergence": known.divergence, "unit": known.unit} if known else {"unit": "points"}

    def act(self, given):
        divergence.set_threshold(self.call, by=self.request.user, **given)


class Divergences(OfCall, TemplateView):
    """The files in which two reviews differ too much, without a single score, and who could be the third."""

    permission_required = "evaluations.coordinate_evaluation"
    template_name = "evaluations/divergences.html"

    def get_context_data(self, **kwargs):
        call, known = self.call, diverging.settings_of(self.call)
        if known:
            known.call = call
        return super().get_context_data(
            settings=known,
            points=diverging.in_points(known) if known else None,
            may_set=not divergence.why_closed(call),
            may_call=call.state == CallState.SEALED,
            rows=diverging.listed(call, self.request.user),
            **kwargs,
        )


class OfDivergence(OfCall):
    """A page about one file in divergence. Whoever is barred from it finds nothing."""

    permission_required = "evaluations.coordinate_evaluation"

    @cached_property
    def divergence(self):
        mine = Divergence.objects.of_call(self.call).shown_to(self.request.user)
        found = get_object_or_404(
            mine.select_related("application", "third"), application__folio=self.kwargs["application"]
        )
        found.application.call = self.call
        return found

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.divergence  # noqa: B018 -- raises Http404 before anything is done
        return super().dispatch(request, *args, **kwargs)


class CallThird(OfDivergence, View):
    """Give the file to the person proposed, or to another one of the list."""

    http_method_names = ["post"]

    def post(self, request, folio, application):
        people = diverging.candidates(self.call, [self.divergence.application])
        named = request.POST.get("evaluator", "")
        found = next((one for one in people[self.divergence.application_id] if one.public_id == named), None)
        try:
            if found is None:
                raise divergence.CannotCall(_("Choose somebody of the list to be the third evaluator."))
            divergence.call_third(self.divergence, found, by=request.user)
        except (divergence.CannotCall, reviews.CannotAssign, ActNotPossible) as refusal:
            messages.error(request, str(refusal))
            return self.go("evaluations:divergences")
        return self.go("evaluations:divergences", _("The file was given out."))


class GoOnWithout(OfDivergence, ActPage):
    """Go on without a third evaluator, with the reason."""

    form_class = ReasonForm
    refusals, blames = divergence.CannotCall, "reason"
    goes_to, done = "evaluations:divergences", gettext_lazy("It goes on without a third evaluator.")
    extra_context = {
        "title": gettext_lazy("Go on without a third evaluator"),
        "intro": gettext_lazy(
            "For when nobody without a conflict is left. The mean is that of the reviews that there are; the "
            "reason stays in the record and the ranking says so."
        ),
        "button": gettext_lazy("Go on without one"),
    }

    def why_not(self):
        if self.divergence.is_open and self.call.state == CallState.SEALED:
            return ""
        return _("This file does not wait for a third evaluator any more.")

    def act(self, given):
        divergence.go_on_without(self.divergence, by=self.request.user, reason=given["reason"])
