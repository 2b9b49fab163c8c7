"""How a call was made known: anybody reads the plan beside its evidence, its agency records it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from accounts.acts import ActNotPossible
from calls import dissemination
from calls.actions import dissemination as actions
from calls.forms.dissemination import EvidenceForm, WithdrawForm
from calls.models import Call, Evidence
from calls.views.cockpit import OfTheCall
from calls.withheld import EVIDENCE
from documents import responses
from jobs.idempotency import AnswersOnce, new_key
from programs import withholding

PER_PAGE = 20


def facts(request, call, *, for_public=False):
    """The plan of a call beside its evidence, so many actions a page."""
    plan = dissemination.plan_of(call, for_public=for_public)
    page = Paginator(plan.rows, PER_PAGE).get_page(request.GET.get("page"))
    return {"call": call, "counts": plan.counts, "page": page, "rows": list(page)}


@method_decorator(login_not_required, name="dispatch")
class Dissemination(View):
    """What was planned and what was done, for anybody."""

    def get(self, request, folio):
        visible = Call.objects.visible_to(request.user).public().with_program()
        call = get_object_or_404(withholding.with_blackout(visible), folio=folio)
        shown = facts(request, call, for_public=True) | {
            "manages": request.user.has_perm("calls.record_evidence", call),
            "blackout": withholding.beside(call),
        }
        return render(request, "calls/dissemination.html", shown)


@require_safe
@login_not_required
def evidence_file(request, folio, public_id):
    """The file of a piece of evidence; one that was withdrawn opens for its agency alone."""
    found = Evidence.objects.with_file_for(request.user).select_related("document")
    evidence = get_object_or_404(found.select_related("call"), call__folio=folio, public_id=public_id)
    period = withholding.withheld_by(EVIDENCE, public_id)
    if period and not request.user.has_perm("calls.record_evidence", evidence.call):
        raise PermissionDenied(withholding.why(period))
    return responses.serve(evidence.document, reader=request.user, inline=True)


class AtTheDesk(OfTheCall):
    """The call of the address, once it is public, for those who say how it was made known."""

    def _found(self, request, folio):
        call = super()._found(request, folio)
        if call.is_draft:
            raise Http404
        return call


class DeskDissemination(AtTheDesk, View):
    """The same page, from which evidence is recorded and withdrawn."""

    def get(self, request, folio):
        shown = facts(request, self.call) | {"records": True}
        return render(request, "calls/desk_dissemination.html", shown)


class Recording(AtTheDesk, View):
    """What was done and where it is seen; ``accion`` in the address names a planned one."""

    def get(self, request, folio):
        return self._page(request, self._form(initial={"action": request.GET.get("accion", "")}))

    def post(self, request, folio):
        form = self._form(request.POST, request.FILES)
        if form.is_valid() and self._done(form, request.user):
            messages.success(request, _("The evidence is recorded and public."))
            return redirect("calls:desk_dissemination", folio)
        return self._page(request, form, status=422)

    def _form(self, data=None, files=None, **options):
        return EvidenceForm(data, files, actions=dissemination.actions_of(self.call), **options)

    def _done(self, form, by):
        try:
            actions.record(self.call, by=by, **form.cleaned_data)
        except actions.FileRefused as refusal:
            form.add_error("file", str(refusal))
        except actions.CannotRecord as refusal:
            form.refuse(refusal)
        return form.is_valid()

    def _page(self, request, form, status=200):
        shown = {"call": self.call, "form": form, "idempotency_key": new_key()}
        return render(request, "calls/evidence_record.html", shown, status=status)


class RecordEvidence(AnswersOnce, Recording):
    """The same; a second POST with the same key records nothing more."""


class WithdrawEvidence(AtTheDesk, View):
    """What is withdrawn, why, and who is told."""

    def get(self, request, folio, public_id):
        return self._page(request, self._evidence(public_id), WithdrawForm())

    def post(self, request, folio, public_id):
        evidence, form = self._evidence(public_id), WithdrawForm(request.POST)
        if form.is_valid() and self._done(evidence, form, request.user):
            messages.success(
                request, _("It is withdrawn: it stays in sight, struck through, with the reason.")
            )
            return redirect("calls:desk_dissemination", folio)
        return self._page(request, evidence, form, status=422)

    def _evidence(self, public_id):
        found = Evidence.objects.of_call(self.call).select_related("action", "document", "by")
        evidence = get_object_or_404(found, public_id=public_id)
        evidence.call = self.call
        return evidence

    def _done(self, evidence, form, by):
        try:
            actions.withdraw(evidence, reason=form.cleaned_data["reason"], by=by)
        except (actions.CannotRecord, ActNotPossible) as refusal:
            form.refuse(refusal)
        return form.is_valid()

    def _page(self, request, evidence, form, status=200):
        shown = {
            "call": self.call,
            "one": evidence,
            "title": evidence.action.medium if evidence.action else evidence.name,
            "form": form,
            "recipients": actions.recipient_of_withdrawal(evidence, request.user),
        }
        return render(request, "calls/evidence_withdraw.html", shown, status=status)
