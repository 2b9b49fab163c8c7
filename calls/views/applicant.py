"""The applicant's path: my applications, beginning one, its page, the review, the receipt."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, prefetch_related_objects
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import FormView, ListView, TemplateView

from accounts import held, sequencing
from accounts.dates import exact
from accounts.models import Role, TrailEntry
from calls import boards, budget, completeness, states, tracking, typed
from calls.actions import answers, applications, copying, renouncing, withdrawing
from calls.forms.course import DeclareForm, StartForm
from calls.forms.eligibility import CheckForm
from calls.models import Application, Call, Organization, PlannedDate
from calls.states import ApplicationState
from calls.views.reading import (
    ReadsApplication,
    WritesApplication,
    is_draft,
    page_of,
    steps,
    visible_application,
)
from documents import responses
from documents.models import Rendering
from jobs import idempotency
from programs.models import EligibilityRule, SupportModality

MOST_EARLIER = 30


class MyApplications(ListView):
    """What the organizations of this person have begun and sent, newest first."""

    template_name = "calls/application_mine.html"
    context_object_name = "applications"
    paginate_by = 20

    def get_queryset(self):
        mine = Application.objects.visible_to(self.request.user).filter(
            organization__in=Organization.objects.of_user(self.request.user)
        )
        state = self.request.GET.get("estado")
        if state in ApplicationState.values:
            mine = mine.filter(state=state)
        return (
            mine.select_related("call__publication__edition__program__agency__body", "organization__body")
            .select_related("prevention")
            .order_by("-started_at", "-pk")
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(states=ApplicationState.choices, **kwargs)
        now = timezone.now()
        context["rows"] = [(one, self._turn(one, now)) for one in context["applications"]]
        return context

    def _turn(self, application, now):
        return tracking.turn_of(application, now=now, prevention=getattr(application, "prevention", None))


class Start(FormView):
    """Begin an application to an open call."""

    template_name = "calls/application_start.html"
    form_class = StartForm

    @cached_property
    def call(self):
        public = Call.objects.public().select_related("publication__edition__program__agency__body")
        return get_object_or_404(public, folio=self.kwargs["folio"])

    @cached_property
    def organizations(self):
        return list(Organization.objects.of_user(self.request.user).select_related("body"))

    def get_form_kwargs(self):
        modalities = SupportModality.objects.filter(publication=self.call.publication_id)
        return super().get_form_kwargs() | {
            "organizations": self.organizations,
            "modalities": list(modalities.order_by("position", "pk")),
            "earlier": list(copying.earlier_of(self.organizations)[:MOST_EARLIER]),
        }

    @cached_property
    def check(self):
        """What was answered before, in the eligibility check: it comes along in the address."""
        rules = EligibilityRule.objects.of_publication(self.call.publication_id).order_by("position", "pk")
        return CheckForm(rules, self.request.GET)

    def form_valid(self, form):
        organization, modality = form.chosen()
        try:
            application = applications.start(
                self.call,
                organization,
                modality=modality,
                answered=self.check.given(),
                by=self.request.user,
                key=idempotency.key_of(self.request),
            )
        except applications.AlreadyStarted as already:
            messages.info(self.request, str(already))
            return redirect(already.application)
        except applications.CannotStart as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        if earlier := form.to_copy():
            self._copy(earlier, application)
        return redirect(application)

    def _copy(self, earlier, application):
        """The draft stands already; if nothing can be copied it says why and stays empty."""
        try:
            copied = copying.copy(earlier, application, by=self.request.user)
        except (copying.CannotCopy, answers.CannotSave) as reason:
            messages.error(self.request, str(reason))
            return
        if copied is None:
            return
        messages.success(
            self.request,
            _(
                "Copied from %(folio)s: %(answers)d answers, %(lines)d lines of the budget and "
                "%(documents)d documents. Read everything over before sending."
            )
            % {"folio": earlier.folio, **vars(copied)},
        )
        for name, why in copied.anew:
            messages.warning(self.request, _("To be handed in anew: %(name)s") % {"name": f"{name} ({why})"})

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            call=self.call,
            is_open=self.call.is_open(at=timezone.now()),
            organizations=self.organizations,
            carried=[self.check[key] for key in self.check.given()],
            key=idempotency.new_key(),
            **kwargs,
        )


class ApplicationPage(ReadsApplication, TemplateView):
    """A draft shows what is to be done; what was sent shows where it is, whose turn it is and until when."""

    def get_template_names(self):
        if is_draft(self.application):
            return ["calls/application_tasks.html"]
        return ["calls/application_page.html"]

    def get_context_data(self, **kwargs):
        now = timezone.now()
        prevention = self._prevention()
        context = super().get_context_data(
            turn=tracking.turn_of(self.application, now=now, prevention=prevention),
            prevention=prevention,
            is_open=self.application.call.is_open(at=now),
            may_end_help=self._may_end_help(),
            **kwargs,
        )
        return context | (self._tasks() if is_draft(self.application) else self._tracking(prevention, now))

    def _may_end_help(self):
        entered = self.application.entered_for
        going_on = entered is not None and entered.ended_at is None
        return going_on and self.request.user.has_perm("calls.end_assistance", self.application)

    def _prevention(self):
        """The prevention with its defects, if there is one; it came with the application."""
        found = getattr(self.application, "prevention", None)
        if found is not None:
            prefetch_related_objects([found], "defects__requirement", "defects__question")
        return found

    def _tasks(self):
        found = steps(self.contents)
        done = sum(step.state == "complete" for step in found)
        return {
            "steps": found,
            "done": done,
            "all_done": done == len(found),
            "may_withdraw": self._may_withdraw(),
        }

    def _tracking(self, prevention, now):
        told = TrailEntry.objects.about(self.application).filter(act__in=tracking.TOLD)
        user = self.request.user
        in_time = bool(prevention) and now < prevention.due_at
        may_correct = in_time and user.has_perm("calls.correct_application", self.application)
        return {
            "happened": [
                {"title": tracking.act_in_words(e.act), "at": e.at} for e in told.order_by("at", "pk")
            ],
            "to_come": self._to_come(),
            "may_correct": may_correct,
            "may_withdraw": self._may_withdraw(),
            "may_renounce": self._may_renounce(),
            "may_check": not may_correct and user.has_perm("calls.check_application", self.application),
            "sections": boards.sections_of(self.application, user),
        }

    def _represents(self):
        return held.in_body(self.request.user, self.application.organization.body_id, Role.REPRESENTATIVE)

    def _may_withdraw(self):
        return self._represents() and not withdrawing.why_not(self.application)

    def _may_renounce(self):
        return self._represents() and not renouncing.why_not(self.application)

    def _to_come(self):
        """The next promised dates of the call: the newest of each milestone."""
        promised = PlannedDate.objects.filter(call=self.application.call, milestone__in=tracking.TO_COME)
        newest = {one.milestone: one for one in promised.order_by("number")}
        return [newest[code] for code in tracking.TO_COME if code in newest]


class Review(WritesApplication, FormView):
    """Everything on one page, what is missing first; the representative declares and sends."""

    permission = "calls.change_application"
    template_name = "calls/application_review.html"
    form_class = DeclareForm

    def dispatch(self, request, *args, **kwargs):
        if self.application.folio:
            messages.info(request, str(applications.AlreadySubmitted(self.application)))
            return redirect("calls:application_receipt", self.application.public_id)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_send(self):
        return self.request.user.has_perm("calls.submit_application", self.application)

    @cached_property
    def must_sign(self):
        """Whether who helps still has to attach what the legal representative signed."""
        entered = getattr(self.application, "assistance", None)
        return bool(entered) and entered.helper_id == self.request.user.pk and entered.declaration_id is None

    def form_valid(self, form):
        try:
            applications.submit(self.application, by=self.request.user, key=idempotency.key_of(self.request))
        except applications.NotRepresentative as reason:
            raise PermissionDenied(str(reason)) from reason
        except applications.AlreadySubmitted as already:
            messages.info(self.request, str(already))
        except applications.CannotSubmit as reason:
            form.add_error(None, str(reason))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return redirect("calls:application_receipt", self.application.public_id)

    def get_context_data(self, **kwargs):
        missing = completeness.missing(self.contents)
        return super().get_context_data(
            missing=[(m, f"{page_of(self.application, m.section)}") for m in missing],
            said=read_over(self.contents),
            may_send=self.may_send,
            must_sign=self.must_sign,
            is_open=self.application.call.is_open(at=timezone.now()),
            key=idempotency.key_of(self.request) or idempotency.new_key(),
            **kwargs,
        )


def read_over(contents):
    """The whole application as it is read: by its applicant, by the desk."""
    return {
        "eligibility": contents.eligibility_rules,
        "sections": [
            (section, [(q, typed.in_words(q, q.given)) for q in section.questions])
            for section in contents.sections
        ],
        "requirements": contents.requirements,
        "lines": contents.lines,
        "totals": budget.totals(contents.lines),
    }


class Receipt(ReadsApplication, TemplateView):
    """Folio, time to the second, hash and files, at once; the PDF as soon as it is ready."""

    template_name = "calls/application_receipt.html"

    def get_context_data(self, **kwargs):
        if not self.application.folio:
            raise Http404
        submission = self.application.submission
        return super().get_context_data(
            submission=submission,
            received=exact(submission.received_at),
            files=self._files(submission),
            rendering=self._rendering(),
            **kwargs,
        )

    def _files(self, submission):
        """The files as they were received, whatever was replaced since."""
        received = self.application.supplied.handed_in().filter(supplied_at__lte=submission.received_at)
        ordered = F("requirement__position").asc(nulls_last=True), "question__position"
        return received.select_related("document", "requirement", "question").order_by(*ordered)

    def _rendering(self):
        found = Rendering.objects.of("receipt", self.application.public_id).current()
        return found.select_related("document").first()


@require_safe
@never_cache
def proof(request, public_id):
    """That the reception lies in the log of acts, for whoever may read the application."""
    application = visible_application(request.user, public_id)
    if not application.folio:
        raise Http404
    received = TrailEntry.objects.about(application).filter(act=states.SUBMIT.name).latest("pk")
    if said := sequencing.proof_of(received):
        return responses.as_download(JsonResponse(said), f"prueba-{application.folio}.json")
    messages.info(request, _("The log is signed every minute: try again in a moment."))
    return redirect("calls:application_receipt", application.public_id)
