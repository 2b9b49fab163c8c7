"""What changes of a published call as a whole: its reception is extended, it is cancelled, it is void."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.acts import ActNotPossible
from calls import changes, ledger
from calls.actions import endings, extensions, telling
from calls.forms.changes import CloseForm, EndForm, ExtendForm
from calls.views.cockpit import OfTheCall
from jobs.idempotency import AnswersOnce, new_key


class Extending(OfTheCall, View):
    """First the new close, by GET; then what it moves and who will be written to, with the reason."""

    permission = "calls.manage_call"

    def get(self, request, folio):
        asked = "closes_on" in request.GET
        form = CloseForm.for_call(request.GET if asked else None, self.call)
        plan = self._planned(form) if asked and form.is_valid() else None
        status = 422 if asked and plan is None else 200
        return self._page(request, form, plan, self._unexplained(form) if plan else None, status)

    def post(self, request, folio):
        form = ExtendForm(request.POST, call=self.call)
        if form.is_valid() and self._extended(request, form):
            messages.success(request, _("The reception is extended. The PDF is being prepared again."))
            return redirect("calls:cockpit", folio)
        close = CloseForm.for_call(request.POST, self.call)
        plan = self._planned(close) if close.is_valid() else None
        return self._page(request, close, plan, form if plan else None, status=422)

    def _planned(self, form):
        try:
            return extensions.plan(self.call, form.minute(), now=timezone.now())
        except extensions.CannotExtend as refusal:
            form.refuse(refusal)
            return None

    def _extended(self, request, form):
        data = form.cleaned_data
        authority = extensions.Authority(data["authority"], data["reference"])
        try:
            extensions.extend(
                self.call, form.minute(), reason=data["reason"], by=request.user, authority=authority
            )
        except (extensions.CannotExtend, ActNotPossible) as refusal:
            form.refuse(refusal)
            return False
        return True

    def _unexplained(self, form):
        """The form of the reason, with the close that was looked at."""
        return ExtendForm(None, call=self.call, initial=form.cleaned_data)

    def _page(self, request, close_form, plan, form, status=200):
        shown = {
            "call": self.call,
            "refusal": extensions.why_not(self.call, now=timezone.now()),
            "close_form": close_form,
            "plan": plan,
            "form": form,
            "told": telling.recipients(self.call) if plan else None,
            "place": ledger.place_in_the_rules(self.call),
            "idempotency_key": new_key(),
        }
        return render(request, "calls/call_extend.html", shown, status=409 if shown["refusal"] else status)


class ExtendCall(AnswersOnce, Extending):
    """The same; a second POST with the same key extends nothing more."""


class Ending(OfTheCall, View):
    """Why the call does not go on, who will be written to, and the act. Shown to its head alone."""

    permission = "calls.end_call"
    words: dict = {}

    def act(self, **said):
        raise NotImplementedError

    def why_not(self, call):
        raise NotImplementedError

    def get(self, request, folio):
        return self._page(request, EndForm())

    def post(self, request, folio):
        form = EndForm(request.POST)
        if form.is_valid() and self._ended(request, form):
            messages.success(request, self.words["done"])
            return redirect("calls:cockpit", folio)
        return self._page(request, form, status=422)

    def _ended(self, request, form):
        try:
            self.act(reason=form.cleaned_data["reason"], basis=form.cleaned_data["basis"], by=request.user)
        except (endings.CannotEnd, ActNotPossible) as refusal:
            form.refuse(refusal)
            return False
        return True

    def _page(self, request, form, status=200):
        refusal = changes.ended_in_words(self.call) or self.why_not(self.call)
        shown = {
            "call": self.call,
            "words": self.words,
            "refusal": refusal,
            "form": form,
            "told": telling.recipients(self.call) if not refusal else None,
        }
        return render(request, "calls/call_end.html", shown, status=409 if refusal else status)


class CancelCall(Ending):
    """Cancel a call before its results."""

    words = {
        "title": gettext_lazy("Cancel the call"),
        "intro": gettext_lazy(
            "The call stops for everybody: nothing more is received, checked, scored or ruled on. "
            "Applications are kept as they are. It cannot be undone."
        ),
        "done": gettext_lazy("The call is cancelled. Whoever applied was told."),
    }

    def act(self, **said):
        return endings.cancel(self.call, **said)

    def why_not(self, call):
        return endings.why_not_cancelled(call)


class VoidCall(Ending):
    """Declare a call void, once nobody is left in it."""

    words = {
        "title": gettext_lazy("Declare the call void"),
        "intro": gettext_lazy(
            "A call is void when nobody was admitted, or nobody was chosen in its results. "
            "What was decided on each application stays. It cannot be undone."
        ),
        "done": gettext_lazy("The call was declared void. Whoever applied was told."),
    }

    def act(self, **said):
        return endings.declare_void(self.call, **said)

    def why_not(self, call):
        return endings.why_not_void(call)
