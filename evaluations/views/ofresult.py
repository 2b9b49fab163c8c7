"""What the pages about one released result have in common: who sees the application finds them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import View

from calls.models import Application
from evaluations.states import RulingState


class OfResult(View):
    """A page about the result of one application. Before the release there is no such page."""

    @cached_property
    def application(self):
        visible = Application.objects.visible_to(self.request.user).for_pages()
        visible = visible.select_related("ruling__session", "feedback_request")
        return get_object_or_404(visible, public_id=self.kwargs["public_id"])

    @cached_property
    def ruling(self):
        found = getattr(self.application, "ruling", None)
        if found is None or found.state != RulingState.RELEASED:
            raise Http404
        found.application, found.call = self.application, self.application.call
        return found

    @property
    def call(self):
        return self.application.call

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.ruling  # noqa: B018 -- raises Http404 before anything is done
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            application=self.application, call=self.call, ruling=self.ruling, **kwargs
        )
