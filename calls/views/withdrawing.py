"""Withdrawing an application, after a page that says what it means and who is told."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.acts import ActNotPossible
from calls.actions import withdrawing
from calls.forms.course import WithdrawForm
from calls.views.reading import ReadsApplication


class Withdraw(ReadsApplication, FormView):
    """Only the legal representative, and only until it is admitted."""

    permission = "calls.withdraw_application"
    template_name = "calls/application_withdraw.html"
    form_class = WithdrawForm

    def refusal(self):
        return _("Only the legal representative of the organization can withdraw it.")

    def turned_away(self):
        """The page says why, and offers nothing, when it cannot be withdrawn any more."""
        if refusal := withdrawing.why_not(self.application):
            return self.render_to_response(self.get_context_data(refusal=refusal), status=409)
        return None

    def form_valid(self, form):
        try:
            withdrawing.withdraw(self.application, by=self.request.user, reason=form.cleaned_data["reason"])
        except (withdrawing.CannotWithdraw, ActNotPossible) as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        messages.success(self.request, _("The application was withdrawn."))
        return redirect("calls:my_applications")

    def get_context_data(self, **kwargs):
        told = [str(person) for person in withdrawing.recipients(self.application)]
        return super().get_context_data(recipients=told, **kwargs)
