"""The public page of the committee of a call."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from calls.models import Call
from evaluations import register
from evaluations.views.coordination import seats_of


@method_decorator(login_not_required, name="dispatch")
class CommitteePage(TemplateView):
    """Seats, who holds them, how each was chosen, what they may do; recusals by number."""

    template_name = "evaluations/committee.html"

    def get_context_data(self, **kwargs):
        found = Call.objects.public().with_program().select_related("committee__body")
        call = found.filter(folio=self.kwargs["folio"]).first()
        if call is None:
            raise Http404
        return super().get_context_data(
            call=call, seats=seats_of(call), recusals=register.recusals(call), **kwargs
        )
