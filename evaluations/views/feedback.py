"""Feedback: asked for by an organization, read by who sees its file, answered by the desk of the agency."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.acts import ActNotPossible
from accounts.dates import local_clock
from calls.people import people_of
from evaluations import deadlines, standing
from evaluations.actions import feedback
from evaluations.models import FeedbackRequest
from evaluations.views.ofcall import OfCall, tried
from evaluations.views.ofresult import OfResult
from evaluations.voice_forms import AnswerFeedbackForm, AskForm

PER_PAGE = 20


class AskFeedback(OfResult, FormView):
    """Ask why: a button is enough, questions may be written. Asked already, the page goes to the request."""

    form_class = AskForm
    template_name = "evaluations/feedback_ask.html"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and (answer := self.turned_away()):
            return answer
        return super().dispatch(request, *args, **kwargs)

    def turned_away(self):
        """Those who do not act for the organization are told so; who asked before goes where it is."""
        self.ruling  # noqa: B018 -- raises Http404 where there is no result
        if not self.request.user.has_perm("evaluations.ask_feedback", self.application):
            raise PermissionDenied(_("Feedback is asked for by the people of the organization."))
        existing = FeedbackRequest.objects.filter(application=self.application).first()
        if existing:
            return redirect(existing)
        if refusal := self.refusal():
            shown = self.get_context_data(refusal=refusal, form=None)
            return self.render_to_response(shown, status=409)
        return None

    def refusal(self):
        return feedback.why_not_asked(self.application, now=timezone.now())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"criteria": standing.criteria_of(self.call)}

    def get_context_data(self, **kwargs):
        window = deadlines.window_of(self.call)
        return super().get_context_data(
            term=deadlines.feedback_term(self.call),
            answer_due_on=window and feedback.answer_due_on(self.call, timezone.now()),
            **kwargs,
        )

    def form_valid(self, form):
        asked = []

        def act():
            given = {"question": form.cleaned_data["question"], "points": form.points()}
            asked.append(feedback.ask(self.application, by=self.request.user, **given))

        if not tried(form, feedback.CannotAsk, act):
            return self.form_invalid(form)
        messages.success(self.request, _("The agency was asked. You will be told when it answers."))
        return redirect(asked[0])

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OfFeedback(View):
    """A request for feedback, for those who see its application; for nobody else it exists."""

    @cached_property
    def asked(self):
        visible = FeedbackRequest.objects.visible_to(self.request.user).with_application()
        found = visible.prefetch_related("points__criterion")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])

    @cached_property
    def answers_here(self):
        return self.request.user.has_perm("evaluations.answer_feedback", self.asked.application)

    def form(self, data=None):
        return AnswerFeedbackForm(data, request=self.asked)


class Feedback(OfFeedback):
    """What was asked and what was answered; the desk writes the answer here and sends it once."""

    def get(self, request, public_id):
        writes = self.answers_here and not self.asked.is_answered
        return self.page(self.form() if writes else None)

    def post(self, request, public_id):
        if not self.answers_here:
            raise PermissionDenied(_("Feedback is answered by the desk of the agency."))
        if self.asked.is_answered:
            return self.page(
                refusal=_("This answer was sent already: it can no longer be changed."), status=409
            )
        form, sends = self.form(request.POST), "send" in request.POST
        if form.is_valid() and tried(form, feedback.CannotAnswer, lambda: self.act(form, sends)):
            done = _("The answer was sent. The organization was told.") if sends else _("The draft was kept.")
            messages.success(request, done)
            return redirect(self.asked)
        return self.page(form, status=422)

    def act(self, form, sends):
        do = feedback.answer if sends else feedback.save_draft
        do(self.asked, by=self.request.user, **form.entries())

    def page(self, form=None, *, refusal="", status=200):
        asked, application = self.asked, self.asked.application
        shown = {
            "asked": asked,
            "application": application,
            "call": application.call,
            "form": form,
            "refusal": refusal,
            "recipients": [str(person) for person in people_of(application.organization)] if form else [],
            "cutoff": deadlines.end_of(asked.due_on, application.call.zone),
            "late": is_late(asked),
        }
        return render(self.request, "evaluations/feedback.html", shown, status=status)


def is_late(asked):
    """Whether its answer is late, or was."""
    return deadlines.is_late(asked.due_on, asked.answered_at, asked.application.call.zone)


class FeedbackAutosave(OfFeedback):
    """Keeps what the desk types. Answers the time and the version, or why it was not kept."""

    http_method_names = ["post"]

    def post(self, request, public_id):
        if not self.answers_here:
            raise Http404
        form = self.form(request.POST)
        if not form.is_valid():
            return JsonResponse({"message": _("Not saved: what was typed is too long.")}, status=409)
        try:
            kept = feedback.save_draft(self.asked, by=request.user, **form.entries())
        except (feedback.CannotAnswer, ActNotPossible) as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        return JsonResponse({"saved_at": local_clock(timezone.now()), "version": str(kept.version)})


class FeedbackDesk(OfCall, TemplateView):
    """What organizations asked in a call, the open ones first by the day on which they are due."""

    permission_required = "evaluations.see_feedback"
    template_name = "evaluations/feedback_desk.html"

    def get_context_data(self, **kwargs):
        visible = FeedbackRequest.objects.visible_to(self.request.user).of_call(self.call)
        found = visible.select_related("application__organization__body")
        page = Paginator(found.order_by("-state", "due_on", "pk"), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(page=page, rows=[self._row(one) for one in page], **kwargs)

    def _row(self, asked):
        asked.application.call = self.call
        return {"asked": asked, "late": is_late(asked)}
