"""What the pages about one call have in common: who sees them finds them, nobody else does."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from accounts.acts import ActNotPossible
from calls import changes
from calls.models import Call
from evaluations.rules import powers


class OfCall(View):
    """A page about the evaluation of one call. Without its permission there is no such page."""

    permission_required = ""

    @cached_property
    def call(self):
        found = Call.objects.public().with_program().select_related("committee__body")
        call = found.filter(folio=self.kwargs["folio"]).first()
        if call is None or not self.may_see(call):
            raise Http404
        return call

    def may_see(self, call):
        name = self.permission_required.partition(".")[2]
        if name in (held := self.powers_in(call)):
            return held[name]
        return self.request.user.has_perm(self.permission_required, call)

    def powers_in(self, call):
        if not hasattr(self, "_powers"):
            self._powers = powers(self.request.user, call)
        return self._powers

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.call  # noqa: B018 -- raises Http404 before anything is done
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(call=self.call, **kwargs)

    def go(self, name, done=""):
        if done:
            messages.success(self.request, done)
        return redirect(name, folio=self.call.folio)


def status_url(job, user):
    """Where a page asks how a job goes: it is seen by who asked for it."""
    if job is None or job.requested_by_id != user.pk:
        return ""
    return reverse("jobs:progress", args=[job.public_id])


def tried(form, refusals, act, field=None):
    """Do ``act``; where it is refused, say why at its field of ``form``. Gives whether it was done."""
    try:
        act()
    except ActNotPossible as refusal:
        form.add_error(None, str(refusal))
    except refusals as refusal:
        named = getattr(refusal, "field", "") or field
        form.add_error(named if named in form.fields else None, str(refusal))
    else:
        return True
    return False


class ActPage(OfCall, FormView):
    """A form and its one act. Done, the page goes on and says so; refused, it says why at its field.

    When the act is not possible any more, the page says why and offers no form.
    """

    template_name = "evaluations/form_page.html"
    refusals: type[Exception] | tuple = ()
    blames = ""
    goes_to = "evaluations:coordination"
    done = ""

    def why_not(self):
        """Why the act is not possible now; nothing while it is."""
        return ""

    def refusal(self):
        """Nothing goes on in a call that was cancelled or is void; otherwise, why the act is not possible."""
        return changes.ended_in_words(self.call) or self.why_not()

    def get_context_data(self, **kwargs):
        kwargs.setdefault("up", reverse(self.goes_to, args=[self.call.folio]))
        return super().get_context_data(**kwargs)

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and (refusal := self.refusal()):
            return self.render_to_response(self.get_context_data(refusal=refusal), status=409)
        return super().dispatch(request, *args, **kwargs)

    def act(self, given):
        """Do the act with what the form says."""
        raise NotImplementedError

    def form_valid(self, form):
        if not tried(form, self.refusals, lambda: self.act(form.cleaned_data), self.blames):
            return self.form_invalid(form)
        return self.go(self.goes_to, self.done)
