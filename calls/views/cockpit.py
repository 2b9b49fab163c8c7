"""The agency's side of a call: opening it, its draft, its publication, its promises, the close."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.acts import ActNotPossible
from calls import asking, changes, dissemination, ledger, presenting, schedule
from calls.actions import calls, endings, extensions, promises, telling
from calls.forms.calls import ActualForm, ChangeForm, DraftForm
from calls.models import Application, Call
from calls.states import ApplicationState, CallState
from jobs.idempotency import AnswersOnce, new_key
from programs.clauses import publication_of
from programs.models import Edition


class Opening(View):
    """From published Rules to a draft call."""

    def get(self, request, code):
        return render(request, "calls/call_open.html", self._shown(request, code))

    def post(self, request, code):
        shown = self._shown(request, code)
        try:
            call = calls.open(shown["publication"], by=request.user)
        except calls.CannotOpen as refusal:
            return render(request, "calls/call_open.html", shown | {"refusal": str(refusal)}, status=409)
        return redirect("calls:cockpit", call.folio)

    def _shown(self, request, code):
        published = Edition.objects.published().select_related("program__agency__body")
        edition = get_object_or_404(published, code=code)
        publication = publication_of(edition)
        if publication is None:
            raise Http404
        if not request.user.has_perm("calls.open_call", publication):
            raise PermissionDenied(_("Only an operator of the agency can open a call from its Rules."))
        existing = Call.objects.managed_by(request.user).filter(publication__edition=edition)
        return {
            "edition": edition,
            "publication": publication,
            "existing": existing.order_by("pk"),
            "idempotency_key": new_key(),
        }


class OpenCall(AnswersOnce, Opening):
    """The same; a second POST with the same key is sent to the call that the first one opened."""


class OfTheCall:
    """The call of the address, as far as the person may see its cockpit."""

    permission = "calls.view_cockpit"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.call = self._found(request, kwargs["folio"]) if request.user.is_authenticated else None

    def _found(self, request, folio):
        visible = Call.objects.visible_to(request.user).with_program()
        call = get_object_or_404(visible.with_dates(), folio=folio)
        self.manages = request.user.has_perm("calls.manage_call", call)
        if not (self.manages or request.user.has_perm("calls.view_cockpit", call)):
            raise PermissionDenied(_("Only the agency's operators and its head see this side of a call."))
        if self.permission == "calls.manage_call" and not self.manages:
            raise PermissionDenied(_("Only an operator of the agency can do this with its call."))
        if self.permission == "calls.end_call" and not request.user.has_perm("calls.end_call", call):
            raise PermissionDenied(_("Only the head of the agency can cancel its call or declare it void."))
        return call


class Cockpit(OfTheCall, View):
    """A draft with its form and what it lacks; a published call with its promises and counts."""

    @cached_property
    def holidays(self):
        return ledger.non_working_days()

    def get(self, request, folio):
        if self.call.is_draft:
            return self._draft(request, self._form(None))
        shown = self._shown(request) | _counts(self.call)
        shown |= _questions(self.call, request.user, self.holidays)
        shown["counts_of_plan"] = dissemination.in_short(self.call).counts
        return render(request, "calls/call_cockpit.html", shown)

    def post(self, request, folio):
        if not request.user.has_perm("calls.manage_call", self.call):
            raise PermissionDenied(_("Only an operator of the agency can do this with its call."))
        form = self._form(request.POST)
        if form.is_valid() and self._save(request, form):
            messages.success(request, _("The draft of the call is saved."))
            return redirect("calls:cockpit", folio)
        return self._draft(request, form, status=422)

    def _form(self, data):
        return DraftForm(
            data,
            call=self.call,
            milestones=ledger.milestones_of(self.call),
            dates=ledger.dates_of(self.call),
            holidays=self.holidays,
        )

    def _save(self, request, form):
        data = form.cleaned_data
        override = calls.Override(
            data["short_window_reason"], data["short_window_authority"], data["short_window_reference"]
        )
        try:
            calls.prepare(
                self.call,
                by=request.user,
                opens_minute=form.moment("opens"),
                closes_minute=form.moment("closes"),
                override=override,
                dates=form.dates_given(),
                **{name: data[name] for name in calls.DESCRIBED},
            )
        except calls.CannotChange as refusal:
            form.refuse(refusal)
            return False
        except ActNotPossible as refusal:
            form.add_error(None, str(refusal))
            return False
        return True

    def _draft(self, request, form, status=200):
        shown = self._shown(request) | {
            "form": form,
            "lacking": calls.lacking(self.call, at=timezone.now()),
            "warnings": calls.warnings(self.call),
        }
        return render(request, "calls/call_draft.html", shown, status=status)

    def _shown(self, request):
        now = timezone.now()
        rows = ledger.of(self.call, at=now, holidays=self.holidays)
        return {
            "call": self.call,
            "badge": presenting.badge(self.call, at=now),
            "steps": presenting.steps(self.call, rows, at=now),
            "turn": presenting.turn(self.call, rows, at=now) if not self.call.is_draft else None,
            "rows": _with_addresses(self.call, presenting.promise_rows(self.call, rows, at=now)),
            "evaluation_url": presenting.evaluation_url(self.call),
            "rules_url": self.call.edition.get_absolute_url(),
            "place": ledger.place_in_the_rules(self.call),
            "manages": self.manages,
            "may_extend": self.manages and not extensions.why_not(self.call, now=now),
            **changes.of(self.call),
            **_endings(self.call, request.user),
            "may_seal": self.call.state == CallState.PUBLISHED and self.call.closes_at <= now,
            "idempotency_key": new_key(),
        }


def _with_addresses(call, rows):
    for row in rows:
        row["url"] = reverse("calls:promise", args=[call.folio, row["code"]]) if not call.is_draft else ""
    return rows


def _endings(call, user):
    """What its head may do to end the call now."""
    heads = user.has_perm("calls.end_call", call)
    return {
        "may_cancel": heads and not endings.why_not_cancelled(call),
        "may_void": heads and not endings.why_not_void(call),
    }


def _counts(call):
    """Applications started and sent, by one query."""
    started = Q(state=ApplicationState.DRAFT)
    gone = Q(state=ApplicationState.WITHDRAWN)
    return Application.objects.filter(call=call).aggregate(
        started=Count("pk", filter=started), sent=Count("pk", filter=~started & ~gone)
    )


def _questions(call, user, holidays):
    return {
        "clock": asking.clock_of(call, holidays=holidays),
        "term": asking.term(),
        "answers_here": user.has_perm("calls.answer_questions", call),
    }


class PublishCall(OfTheCall, View):
    """What becomes public, and the act."""

    permission = "calls.manage_call"

    def get(self, request, folio):
        return self._page(request)

    def post(self, request, folio):
        try:
            calls.publish(self.call, by=request.user)
        except (calls.CannotPublish, ActNotPossible) as refusal:
            return self._page(request, refusal=refusal, status=409)
        messages.success(request, _("The call is public. Its PDF is being prepared."))
        return redirect("calls:call", folio)

    def _page(self, request, refusal=None, status=200):
        now = timezone.now()
        if not self.call.is_draft and refusal is None:
            return redirect("calls:cockpit", self.call.folio)
        shown = {
            "call": self.call,
            "rows": presenting.promise_rows(self.call, ledger.of(self.call, at=now), at=now),
            "lacking": calls.lacking(self.call, at=now) if self.call.is_draft else [str(refusal)],
            "warnings": calls.warnings(self.call),
            "told": telling.subscribers(self.call),
        }
        return render(request, "calls/call_publish.html", shown, status=status)


class SealCall(OfTheCall, View):
    """Close the reception by hand once its time is over; the clock of the portal does it too."""

    permission = "calls.manage_call"
    http_method_names = ("post",)

    def post(self, request, folio):
        try:
            calls.seal(self.call, by=request.user)
        except (calls.CannotSeal, ActNotPossible) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The reception is closed: what was received can no longer change."))
        return redirect("calls:cockpit", folio)


class Promising(OfTheCall, View):
    """One milestone of a published call: its dates, another promise, what happened."""

    def get(self, request, folio, milestone):
        return self._page(request, milestone)

    def post(self, request, folio, milestone):
        self._check(request)
        if "actual" in request.POST:
            form, act = ActualForm(request.POST, prefix="actual"), promises.record_actual
        else:
            form, act = ChangeForm(request.POST, prefix="change"), promises.change_date
        if form.is_valid() and self._done(act, form, milestone, request.user):
            messages.success(request, _("The date is recorded and public."))
            return redirect("calls:cockpit", folio)
        return self._page(request, milestone, **{str(form.prefix): form}, status=422)

    def _check(self, request):
        if not request.user.has_perm("calls.manage_call", self.call):
            raise PermissionDenied(_("Only an operator of the agency can do this with its call."))

    def _done(self, act, form, milestone, user):
        data = form.cleaned_data
        try:
            act(self.call, milestone, data["on"], reason=data["reason"], by=user)
        except (promises.CannotPromise, promises.CannotRecord) as refusal:
            form.refuse(refusal)
        except ActNotPossible as refusal:
            form.add_error(None, str(refusal))
        return form.is_valid()

    def _page(self, request, milestone, change=None, actual=None, status=200):
        now = timezone.now()
        holidays = ledger.non_working_days()
        promised = ledger.of(self.call, at=now, holidays=holidays)
        found = next((p for p in promised if p.milestone == milestone), None)
        if self.call.is_draft or found is None:
            raise Http404
        manages = request.user.has_perm("calls.manage_call", self.call)
        pending = manages and found.is_pending and self.call.state in promises.PROMISED_IN
        moves = milestone not in schedule.OF_THE_WINDOW and found.planned.on >= schedule.local_day(
            now, self.call.zone
        )
        recorded = milestone not in schedule.WRITTEN_BY_ACTS
        shown = {
            "call": self.call,
            "promise": found,
            "history": [*found.former, found.planned],
            "late": presenting.late_words(found),
            "change": (change or ChangeForm(prefix="change")) if pending and moves else None,
            "actual": (actual or ActualForm(prefix="actual")) if pending and recorded else None,
            "bounds": _bounds_of(self.call, found, holidays),
            "place": ledger.place_in_the_rules(self.call),
            "idempotency_key": new_key(),
        }  # fmt: skip
        return render(request, "calls/call_promise.html", shown, status=status)


class PromisePage(AnswersOnce, Promising):
    """The same; a second POST with the same key changes nothing more."""


def _bounds_of(call, promise, holidays):
    return schedule.bounds(promise.rule, ledger.dates_of(call), holidays)
