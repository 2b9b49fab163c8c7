"""My board: what waits for me, and my latest acts."""

from django.views.generic import TemplateView

from accounts.models import TrailEntry
from programs import duties


class MyBoard(TemplateView):
    """Everything that waits for the person, by date; in which bodies they hold which role."""

    template_name = "programs/board.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        held = user.memberships.current().select_related("body").order_by("body__name_es", "role")
        return super().get_context_data(
            duties=duties.duties_of(user),
            memberships=list(held),
            latest=list(TrailEntry.objects.filter(by=user).order_by("-pk")[:8]),
            **kwargs,
        )
