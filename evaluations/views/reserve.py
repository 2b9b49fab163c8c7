"""The reserve list after the results: who waits, what money there is, and the award of the next one."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from evaluations import reserve, standing
from evaluations.actions import promoting, rulings
from evaluations.reserve_forms import PromotionForm
from evaluations.views.ofcall import ActPage


class Reserve(ActPage):
    """Award the next of the list. The page says what money is left, who is told and what becomes public."""

    permission_required = "evaluations.promote_reserve"
    template_name = "evaluations/reserve.html"
    form_class = PromotionForm
    refusals, goes_to = promoting.CannotPromote, "evaluations:call_results"

    def why_not(self):
        return promoting.why_not(self.call)

    @cached_property
    def waiting(self):
        """But for those that this person is barred from."""
        return list(reserve.waiting(self.call).exclude(application__barred__user=self.request.user))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"waiting": self.waiting}

    def get_initial(self):
        """The next of the list with what it asked for, or what is left of the money."""
        if not self.waiting:
            return {}
        asked = self.waiting[0].application.requested_amount
        return {
            "amount": min(asked, self.money["left"]),
            "legal_basis": rulings.legal_basis_of(self.call),
        }

    @cached_property
    def money(self):
        total, held = standing.budget_of(self.call), reserve.held(self.call)
        return {"total": total, "held": held, "left": total - held}

    def get_context_data(self, **kwargs):
        people = promoting.recipients(self.waiting[0]) if self.waiting else []
        return super().get_context_data(
            waiting=self.waiting, money=self.money, recipients=[str(person) for person in people], **kwargs
        )

    def act(self, given):
        ruling = next(one for one in self.waiting if one.application.folio == given["ruling"])
        typed = {name: value for name, value in given.items() if name not in ("ruling", "sure")}
        promoting.promote(ruling, by=self.request.user, **typed)

    def go(self, name, done=""):
        messages.success(self.request, _("Awarded. The organization was told and its letter is being made."))
        return redirect(name, folio=self.call.folio)
