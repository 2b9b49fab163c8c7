"""Somebody comes to a session that is open."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from calls.actions.endings import CallEnded
from evaluations.actions import arrivals, sessions
from evaluations.forms import ArrivalForm
from evaluations.views.ofcall import tried
from evaluations.views.sessions import SessionPage


class Admit(SessionPage):
    """Let a substitute or a late member into the session."""

    http_method_names = ["post"]

    def demand(self):
        sessions.demand_running(self.request.user, self.call)

    def post(self, request, folio):
        form = ArrivalForm(request.POST, members=arrivals.absent(self.session))
        refusals = (arrivals.CannotAdmit, CallEnded)
        if form.is_valid() and tried(form, refusals, lambda: self._admit(form), "member"):
            messages.success(request, _("The person takes part in the session from now on."))
            return redirect(self.session)
        return self.render_to_response(self.get_context_data(arrival_form=form), status=422)

    def _admit(self, form):
        arrivals.admit(self.session, form.chosen(), by=self.request.user)
