"""What waits for those who operate calls: drafts to publish, receptions to seal, dates at risk."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from calls import promised, schedule
from calls.models import Call
from calls.states import CallState
from programs.duties import Duty, duty
from programs.models import Side

SOON = timedelta(days=7)


def _bodies(user):
    return user.memberships.current().with_role(Role.OPERATOR).values("body")


@duty
def calls_to_publish(user):
    """The drafts of the agencies that the person operates."""
    drafts = Call.objects.filter(
        state=CallState.DRAFT, publication__edition__program__agency__body__in=_bodies(user)
    )
    for call in drafts.order_by("opens_at", "pk"):
        yield Duty(
            what=_("Complete and publish the call %(title)s") % {"title": call.title},
            link=reverse("calls:cockpit", args=[call.folio]),
            until=call.opens_at,
            detail=call.folio,
        )


@duty
def dates_at_risk(user):
    """The agency's own dates that have passed, or come within a week, and are not recorded."""
    near = timezone.localdate() + SOON
    own = promised.in_force().filter(
        call__publication__edition__program__agency__body__in=_bodies(user),
        side__in=[Side.AGENCY, Side.BOTH],
        actual=None,
        on__lte=near,
    )
    for date in own.exclude(milestone__in=schedule.OF_THE_WINDOW).order_by("on", "pk"):
        yield Duty(
            what=_("%(milestone)s: keep or record the date") % {"milestone": date.get_milestone_display()},
            link=reverse("calls:promise", args=[date.call.folio, date.milestone]),
            until=datetime.combine(date.on, time(23, 59), ZoneInfo(date.call.zone)),
            detail=date.call.folio,
        )
