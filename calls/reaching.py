"""What an amendment to the Rules carries over to the calls opened from them."""

from django.utils import timezone

from calls.actions import reaching as actions
from programs import reaching


@reaching.carrier
class OpenCalls:
    """The calls whose reception has not ended."""

    template_name = "calls/_reached.html"

    def preview(self, edition, says):
        found = actions.preview(edition, says, now=timezone.now())
        return {"calls": found.calls, "not_reaching": found.not_reaching}

    def carry(self, publication, *, by, at):
        actions.carry(publication, by=by, at=at)
