"""The public log of the trail: where it stands, signed, and its opaque leaves day by day."""

from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accounts import checkpoints
from accounts.models import TrailLeaf


@method_decorator(login_not_required, name="dispatch")
class Log(TemplateView):
    """What the log is for, its newest checkpoint, the key, and a file for each day that is over."""

    template_name = "accounts/log.html"

    def get_context_data(self, **kwargs):
        newest = checkpoints.latest()
        return super().get_context_data(
            newest=newest,
            signed_at=newest and datetime.fromisoformat(newest.at),
            public_key=checkpoints.public_key(),
            days=sorted((day for day in checkpoints.days() if day < today()), reverse=True),
            **kwargs,
        )


@require_safe
@login_not_required
def day(request, day):
    """The leaves that were sealed on a day that is over (UTC), and what was signed on it."""
    if day >= today() or day not in set(checkpoints.days()):
        raise Http404
    first = datetime.combine(day, time(), UTC)
    sealed = TrailLeaf.objects.filter(sealed_at__gte=first, sealed_at__lt=first + timedelta(days=1))
    leaves = list(sealed.values_list("index", "commitment"))
    said = {
        "day": day.isoformat(),
        "first": leaves[0][0] if leaves else None,
        "leaves": [commitment for _index, commitment in leaves],
        "checkpoints": [one.as_data() for one in checkpoints.of_day(day)],
        "public_key": checkpoints.public_key(),
    }
    return JsonResponse(said)


def today() -> date:
    return timezone.now().astimezone(UTC).date()
