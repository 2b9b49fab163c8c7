"""The declaration of conflicts of interest, and what was found and denied, for those who coordinate."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from evaluations import ties
from evaluations.actions import conflicts
from evaluations.forms import DeclarationForm
from evaluations.models import DetectedTie
from evaluations.views.ofcall import OfCall, tried


class Declare(OfCall, FormView):
    """The list of those who applied, to say what ties one has to each; never whose file is whose.

    What the portal's data say stands first: it bars by itself, or waits to be confirmed or denied.
    """

    permission_required = "evaluations.declare_conflicts"
    form_class = DeclarationForm
    template_name = "evaluations/declare.html"

    @cached_property
    def opened(self):
        return self.call.state in conflicts.AFTER_RECEPTION

    @cached_property
    def mine(self):
        mine = self.call.conflict_declarations.filter(user=self.request.user)
        return list(mine.select_related("organization__body"))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | (self._listed() if self.opened else {"organizations": []})

    def _listed(self):
        """The organizations with which no tie was declared yet, and what is found of them."""
        settled = {one.organization_id for one in self.mine}
        listed = [one for one in ties.organizations_of(self.call) if one.pk not in settled]
        me = self.request.user
        done = ties.answered(self.call, [me])
        found = {
            key: [tie for tie in each if (me.pk, key, tie.kind) not in done]
            for key, each in ties.of(self.call, me, listed).items()
        }
        return {"organizations": listed, "found": {key: each for key, each in found.items() if each}}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            opened=self.opened,
            declared=[one for one in self.mine if one.organization_id],
            finished=any(one.organization_id is None for one in self.mine),
            **kwargs,
        )

    def form_valid(self, form):
        if not tried(form, conflicts.CannotDeclare, lambda: self._declare(form)) or form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("Your declaration was kept. Thank you."))
        return redirect("evaluations:board")

    def _declare(self, form):
        """What was found while the person was typing is owed its answer as well."""
        try:
            conflicts.declare(self.call, by=self.request.user, conflicts=form.conflicts, denials=form.denials)
        except conflicts.CannotDeclare as refusal:
            for organization in refusal.unanswered:
                form.owe(organization)
            if not refusal.unanswered:
                raise


class Detected(OfCall, TemplateView):
    """What the portal found of those who take part and what they answered, for who coordinates.

    Nothing is said of an organization whose file does not exist for the reader.
    """

    permission_required = "evaluations.coordinate_evaluation"
    template_name = "evaluations/detected.html"
    page_size = 50

    def get_context_data(self, **kwargs):
        found = DetectedTie.objects.filter(call=self.call).exclude(
            organization__applications__in=self._barred()
        )
        if kind := self.request.GET.get("respuesta"):
            found = found.filter(answer=kind)
        listed = found.select_related("user", "organization__body", "call").order_by("-at", "-pk")
        page = Paginator(listed, self.page_size).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page, answers=DetectedTie.Answer.choices, chosen=kind or "", **kwargs
        )

    def _barred(self):
        return self.request.user.barred_from.filter(application__call=self.call).values("application")
