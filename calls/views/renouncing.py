"""Renouncing an award, after a page that says what it means and who is told."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.acts import ActNotPossible
from calls.actions import renouncing
from calls.forms.renouncing import RenounceForm
from calls.views.reading import ReadsApplication


class Renounce(ReadsApplication, FormView):
    """Only the legal representative, and only of an award."""

    permission = "calls.renounce_application"
    template_name = "calls/application_renounce.html"
    form_class = RenounceForm

    def refusal(self):
        return _("Only the legal representative of the organization can renounce the award.")

    def turned_away(self):
        """The page says why, and offers nothing, when there is no award to renounce."""
        if refusal := renouncing.why_not(self.application):
            return self.render_to_response(self.get_context_data(refusal=refusal), status=409)
        return None

    def form_valid(self, form):
        try:
            renouncing.renounce(self.application, by=self.request.user, reason=form.cleaned_data["reason"])
        except (renouncing.CannotRenounce, ActNotPossible) as refusal:
            form.add_error(getattr(refusal, "field", "") or None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The award was renounced."))
        return redirect(self.application)

    def get_context_data(self, **kwargs):
        told = [str(person) for person in renouncing.recipients(self.application)]
        return super().get_context_data(recipients=told, **kwargs)
