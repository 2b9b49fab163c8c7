"""Giving up an application or its award, after a page that says what it means and who is told."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts.acts import ActNotPossible
from calls.actions import renouncing, withdrawing
from calls.forms.course import RenounceForm, WithdrawForm
from calls.views.reading import ReadsApplication


class GiveUp(ReadsApplication, FormView):
    """Only the legal representative. ``actions``: why it cannot be, and who is told."""

    actions = withdrawing
    refused = done = ""

    def refusal(self):
        return self.refused

    def turned_away(self):
        """The page says why, and offers nothing, when there is nothing to give up any more."""
        if refusal := self.actions.why_not(self.application):
            return self.render_to_response(self.get_context_data(refusal=refusal), status=409)
        return None

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data["reason"])
        except (withdrawing.CannotWithdraw, renouncing.CannotRenounce, ActNotPossible) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return self.gone()

    def get_context_data(self, **kwargs):
        told = [str(person) for person in self.actions.recipients(self.application)]
        return super().get_context_data(recipients=told, **kwargs)


class Withdraw(GiveUp):
    """Until it is admitted."""

    permission, form_class = "calls.withdraw_application", WithdrawForm
    template_name = "calls/application_withdraw.html"
    refused = gettext_lazy("Only the legal representative of the organization can withdraw it.")
    done = gettext_lazy("The application was withdrawn.")

    def act(self, reason):
        withdrawing.withdraw(self.application, by=self.request.user, reason=reason)

    def gone(self):
        return redirect("calls:my_applications")


class Renounce(GiveUp):
    """An award, after the results."""

    actions = renouncing
    permission, form_class = "calls.renounce_application", RenounceForm
    template_name = "calls/application_renounce.html"
    refused = gettext_lazy("Only the legal representative of the organization can renounce the award.")
    done = gettext_lazy("The award was renounced.")

    def act(self, reason):
        renouncing.renounce(self.application, by=self.request.user, reason=reason)

    def gone(self):
        return redirect(self.application)
