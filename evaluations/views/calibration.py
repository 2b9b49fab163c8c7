"""The sample of a call: chosen by who coordinates, scored by each evaluator, and how the panel agrees."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.acts import ActNotPossible
from calls.models import Application
from evaluations import calibrating, scoring
from evaluations.actions import calibration, reviews
from evaluations.blind import BlindCopy
from evaluations.forms import OwedText
from evaluations.views.ofcall import ActPage, OfCall
from evaluations.views.scoring import typed_scores, with_levels
from evaluations.views.sheets import OfPool


class SampleForm(forms.Form):
    """What the evaluators will read, where it comes from, and whether it goes before the real files."""

    folio = forms.CharField(
        label=gettext_lazy("Folio of the past application that it comes from"), required=False, max_length=80,
        help_text=gettext_lazy(
            "Empty when the text was made up. It must be of another call whose results were released; "
            "evaluators do not see it."
        ),
    )  # fmt: skip
    title = OwedText(label=gettext_lazy("Title of the project"), max_length=200)
    text = OwedText(
        label=gettext_lazy("The sample"), widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Nothing in it may say whose project it is: read it over by hand."),
    )  # fmt: skip
    is_required = forms.BooleanField(
        label=gettext_lazy("Every evaluator hands it in before opening the first real file"), required=False
    )


class ChooseSample(ActPage):
    """Choose the sample of the call, or write it anew while nobody has scored it."""

    permission_required = "evaluations.coordinate_evaluation"
    template_name = "evaluations/choose_sample.html"
    form_class = SampleForm
    refusals = calibration.CannotChoose
    goes_to, done = "evaluations:calibration", gettext_lazy("The sample was kept and the evaluators told.")

    def why_not(self):
        return calibration.why_closed(self.call)

    def get_initial(self):
        if folio := self.request.GET.get("expediente", "").strip():
            return {"folio": folio, **self._copied(folio)}
        known = calibrating.of_call(self.call)
        if known is None:
            return {}
        folio = known.source.folio if known.source else ""
        return {"folio": folio, "title": known.title, "text": known.text, "is_required": known.is_required}

    def _copied(self, folio):
        """The blind copy of a past application, to be read over by hand; nothing of one that is not seen."""
        mine = Application.objects.visible_to(self.request.user).exclude(call=self.call)
        found = mine.filter(folio=folio, call__released_at__isnull=False)
        application = found.select_related("modality", "call__publication").first()
        if application is None:
            return {}
        return {"title": application.project_title, "text": _as_text(BlindCopy(application))}

    def act(self, given):
        calibration.choose(self.call, by=self.request.user, **given)


def _as_text(copy):
    parts = []
    for title, answers in copy.sections:
        parts += [title, *(f"{question}\n{answer}" for question, answer in answers if answer)]
    return "\n\n".join(parts)


class Sample(OfPool, View):
    """An evaluator reads the sample and scores it; once handed in, they see their place beside the others."""

    @cached_property
    def sample(self):
        found = calibrating.of_call(self.call)
        if found is None:
            raise Http404
        found.call = self.call
        return found

    def get(self, request, folio):
        return self.page()

    def post(self, request, folio):
        try:
            calibration.save(self.sample, typed_scores(request.POST), by=request.user)
            if "hand_in" in request.POST:
                calibration.hand_in(self.sample, by=request.user)
        except reviews.CannotHandIn as refusal:
            return self.page(refusal.missing, status=422)
        except (reviews.CannotSave, ActNotPossible) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self._done())
        return self.go("evaluations:sample")

    def _done(self):
        if "hand_in" in self.request.POST:
            return _("You handed in the sample. It counts for no application.")
        return _("Saved. You can go on whenever you want.")

    def page(self, missing=None, status=200):
        review = calibrating.own_review(self.sample, self.request.user)
        place = calibrating.own_place(self.sample, review)
        return render(
            self.request,
            "evaluations/sample.html",
            {
                "call": self.call,
                "sample": self.sample,
                "review": review,
                "may_write": review.is_editable and calibrating.is_open(self.call),
                "criteria": with_levels(self.call, self._scores(review), missing or {}),
                "errors": [{"text": text, "target": f"level-{key}"} for key, text in (missing or {}).items()],
                "place": place,
                "difference": scoring.rounded(sum(one.difference for one in place)) if place else None,
            },
            status=status,
        )

    def _scores(self, review):
        return list(review.scores.select_related("level")) if review.pk else []


class Panel(OfCall, TemplateView):
    """How the evaluators agree, by alias: over the sample, and over the real files once all are in."""

    permission_required = "evaluations.see_panel"
    template_name = "evaluations/calibration.html"

    def get_context_data(self, **kwargs):
        call, known = self.call, calibrating.of_call(self.call)
        if known:
            known.call = call
        sample = calibrating.sample_panel(known) if known else None
        real = calibrating.real_panel(call, self.request.user)
        return super().get_context_data(
            known=known,
            sample=sample,
            real=real,
            members=calibrating.members(call, sample, real),
            may_choose=self.powers_in(call)["coordinate_evaluation"] and not calibration.why_closed(call),
            **kwargs,
        )
