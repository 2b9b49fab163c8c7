"""Remedies: filed by an organization, followed by who sees its file, decided by their authority."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from calls.people import people_of
from documents import responses
from documents.models import Rendering
from evaluations import deadlines
from evaluations.actions import remedies
from evaluations.models import RemedyRequest
from evaluations.models.remedies import RECEIVED_HERE
from evaluations.remedy_forms import AdmitForm, Deciding, DismissForm, FilingForm, ResolveForm, StudyForm
from evaluations.sealing import FileRefused
from evaluations.states import RemedyState
from evaluations.views.ofcall import OfCall, tried
from evaluations.views.ofresult import OfResult
from jobs.idempotency import new_key

PER_PAGE = 20
REFUSALS = (remedies.CannotFile, FileRefused)


class Filing(OfResult, FormView):
    """A form against one result, for a remedy of the Rules named by its key."""

    permission, kinds = "", ()
    form_class = FilingForm
    template_name = "evaluations/remedy_file.html"
    refusal = ""

    @cached_property
    def remedy(self):
        offered = {one.key: one for one in deadlines.remedies_of(self.call) if one.kind in self.kinds}
        if self.kwargs["key"] not in offered:
            raise Http404
        return offered[self.kwargs["key"]]

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            if not (self.ruling and self.remedy and request.user.has_perm(self.permission, self.application)):
                raise PermissionDenied(self.refusal)
            if answer := self.turned_away():
                return answer
        return super().dispatch(request, *args, **kwargs)

    def turned_away(self):
        """Where whoever may file goes when there is nothing to file."""

    def get_initial(self):
        return {"key": new_key()}

    def get_context_data(self, **kwargs):
        term = deadlines.remedy_term(self.call, self.remedy)
        return super().get_context_data(
            remedy=self.remedy,
            term=term,
            is_late=bool(term) and not term.is_open(timezone.now()),
            due_on=deadlines.decision_due_on(self.call, self.remedy, timezone.now()),
            **kwargs,
        )

    def form_valid(self, form):
        filed = []
        if not tried(form, REFUSALS, lambda: filed.append(self.act(form)), "text"):
            return self.form_invalid(form)
        return self.gone_to(filed[0])

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FileRemedy(Filing):
    """File a clarification or a reconsideration; filed already, the page goes to it."""

    permission, kinds = "evaluations.file_remedy", RECEIVED_HERE
    refusal = gettext_lazy("Remedies are filed by the legal representative of the organization.")

    def turned_away(self):
        filed = RemedyRequest.objects.filter(application=self.application, kind=self.remedy.kind).first()
        is_retry = self.request.POST.get("key") == (filed and filed.request_key)
        return redirect(filed) if filed and (self.request.method == "GET" or is_retry) else None

    def act(self, form):
        given = form.cleaned_data
        return remedies.file(
            self.application, self.remedy, given["text"], by=self.request.user, key=given["key"],
            files=form.files_given(),
        )  # fmt: skip

    def gone_to(self, filed):
        words = _("Received with the folio %(folio)s. Its receipt is below.")
        messages.success(self.request, words % {"folio": filed.folio})
        return redirect(filed)


class OfRemedy(View):
    """A remedy, for those who see its application; for nobody else it exists."""

    @cached_property
    def filed(self):
        visible = RemedyRequest.objects.visible_to(self.request.user).with_application()
        found = visible.prefetch_related("files__document")
        return get_object_or_404(found, public_id=self.kwargs["public_id"])


class RemedyPage(OfRemedy):
    """What was filed, where it stands, what was decided; whoever decides it does it here."""

    def get(self, request, public_id):
        return self.page()

    def post(self, request, public_id):
        if not request.user.has_perm("evaluations.decide_remedy", self.filed):
            raise PermissionDenied(remedies.why_not_theirs(self.filed))
        name = next((name for name in FORMS if name in request.POST), None)
        if name is None:
            return self.page(status=422)
        form = FORMS[name](request.POST)
        if form.is_valid() and tried(form, remedies.CannotDecide, lambda: self.act(name, form)):
            messages.success(request, _("It is done. Both sides were told."))
            return redirect(self.filed)
        return self.page(form, status=422)

    def act(self, name, form):
        ACTS[name](self.filed, by=self.request.user, **form.cleaned_data)

    def page(self, refused=None, *, status=200):
        filed, application = self.filed, self.filed.application
        decides = self.request.user.has_perm("evaluations.decide_remedy", filed)
        offered = OFFERED.get(filed.state, ()) if decides else ()
        forms = {name: FORMS[name]() for name in offered if filed.in_time or name == "dismiss"}
        if refused and refused.name in forms:
            forms[refused.name] = refused
        shown = {
            "filed": filed,
            "application": application,
            "call": application.call,
            "forms": list(forms.values()),
            "refused": refused,
            "recipients": [str(person) for person in people_of(application.organization)] if forms else [],
            "documents": _documents(filed),
            "late": is_late(filed),
            "cutoff": filed.due_on and deadlines.end_of(filed.due_on, application.call.zone),
        }
        return render(self.request, "evaluations/remedy.html", shown, status=status)


FORMS: dict[str, type[Deciding]] = {
    "admit": AdmitForm,
    "study": StudyForm,
    "dismiss": DismissForm,
    "resolve": ResolveForm,
}
ACTS: dict[str, Callable] = {
    "admit": remedies.admit,
    "study": remedies.study,
    "dismiss": remedies.dismiss,
    "resolve": remedies.resolve,
}
OFFERED = {
    RemedyState.RECEIVED: ("admit", "dismiss"),
    RemedyState.ADMITTED: ("study",),
    RemedyState.IN_STUDY: ("resolve",),
}


def _documents(filed):
    kept = Rendering.objects.filter(kind__in=("remedy_receipt", "remedy_resolution"), subject_id=filed.folio)
    return list(kept.current().order_by("pk"))


def is_late(filed):
    """Whether its decision is late, or was."""
    return deadlines.is_late(filed.due_on, filed.settled_at, filed.application.call.zone)


class RemedyAttachment(OfRemedy):
    """A file that came with a remedy."""

    http_method_names = ["get", "head"]

    def get(self, request, public_id, number):
        found = next((one for one in self.filed.files.all() if one.number == number), None)
        if found is None:
            raise Http404
        return responses.serve(found.document, reader=request.user, inline=True)


class RemedyDesk(OfCall, TemplateView):
    """The remedies of a call, those that wait first by the day on which they are due."""

    permission_required = "evaluations.see_feedback"
    template_name = "evaluations/remedy_desk.html"

    def get_context_data(self, **kwargs):
        visible = RemedyRequest.objects.visible_to(self.request.user).of_call(self.call)
        found = visible.select_related("application__organization__body", "remedy")
        ordered = found.order_by(
            F("settled_at").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )
        page = Paginator(ordered, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, rows=[self._row(one) for one in page], **kwargs)

    def _row(self, filed):
        filed.application.call = self.call
        return {"filed": filed, "late": is_late(filed)}
