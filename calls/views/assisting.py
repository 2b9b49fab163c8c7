"""Assisted digital: staff enter an application for an organization; the organization ends the help."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import FormView, ListView, TemplateView

from accounts.teams import CannotInvite
from calls.actions import applications, assisting, organizations
from calls.actions.answers import CannotSave
from calls.forms.assisting import BeginForm, SignForm
from calls.models import Call
from calls.views.reading import ReadsApplication, visible_application
from documents import responses
from documents.intake import FileRefused
from jobs import idempotency


class OfACall:
    """A page for whoever enters applications for organizations in a call. For others there is none."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("calls.assist_in_call", self.call):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def call(self):
        public = Call.objects.public().select_related("publication__edition__program__agency__body")
        return get_object_or_404(public, folio=self.kwargs["folio"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            call=self.call, is_open=self.call.is_open(at=timezone.now()), **kwargs
        )


class Assisted(OfACall, ListView):
    """What this person entered for organizations in a call."""

    template_name = "calls/assisted_list.html"
    context_object_name = "helps"
    paginate_by = 30

    def get_queryset(self):
        return assisting.of_call(self.call, self.request.user)


class Begin(OfACall, FormView):
    """Begin an application for an organization that asked for help."""

    template_name = "calls/assisted_begin.html"
    form_class = BeginForm

    def form_valid(self, form):
        try:
            application = self._begin(form)
        except applications.AlreadyStarted:
            form.add_error("rfc", _("This organization has an application to this call already."))
        except assisting.CannotAssist as reason:
            form.add_error(reason.field or None, str(reason))
        except (applications.CannotStart, organizations.CannotRegister) as reason:
            form.add_error(None, str(reason))
        except CannotInvite as reason:
            form.add_error("email", str(reason))
        except FileRefused as reason:
            form.add_error("authorization", str(reason))
        else:
            return redirect(application)
        return self.form_invalid(form)

    def _begin(self, form):
        return assisting.begin(
            self.call,
            form.organization,
            newcomer=None if form.organization else form.newcomer(),
            email=form.cleaned_data["email"],
            by=self.request.user,
            key=idempotency.key_of(self.request),
            **form.asked(),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            key=idempotency.key_of(self.request) or idempotency.new_key(), **kwargs
        )


class Sign(ReadsApplication, FormView):
    """Attach the declaration signed on paper; then the application can be sent."""

    permission = "calls.change_application"
    template_name = "calls/assisted_sign.html"
    form_class = SignForm

    def form_valid(self, form):
        try:
            assisting.sign(self.application, form.cleaned_data["declaration"], by=self.request.user)
        except (assisting.CannotAssist, CannotSave, FileRefused) as reason:
            form.add_error("declaration", str(reason))
            return self.form_invalid(form)
        messages.success(self.request, _("The signed declaration was kept."))
        return redirect("calls:application_review", self.application.public_id)


class End(ReadsApplication, TemplateView):
    """The organization goes on alone, after a confirmation."""

    permission = "calls.end_assistance"
    template_name = "calls/assisted_end.html"

    def refusal(self):
        return _("Only the legal representative of the organization ends the help.")

    def post(self, request, *args, **kwargs):
        assisting.end(self.application, by=request.user)
        messages.success(request, _("The help was ended. The application is yours to go on with."))
        return redirect(self.application)


@require_safe
def paper(request, public_id, document):
    """A signed paper of the help, for whoever may read the application."""
    application = visible_application(request.user, public_id)
    entered = application.entered_for
    papers = entered.papers if entered else []
    found = next((one for _name, one in papers if one.public_id == document), None)
    if found is None:
        raise Http404
    return responses.serve(found, reader=request.user, inline=True)
