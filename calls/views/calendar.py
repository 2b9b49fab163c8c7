"""Calendars that others subscribe to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calls import calendars, forecast
from calls.models import Call

TYPE = "text/calendar; charset=utf-8"


def for_calendars():
    return Call.objects.public().prefetch_related("planned_dates").order_by("pk")


@require_safe
@login_not_required
def all_calls(request):
    """The dates of every public call, and, as tentative, those that the Rules plan for calls to come."""
    today = timezone.localdate()
    planned = [one for one in forecast.planned(today=today) if not one.is_late(today)]
    content = calendars.calendar_of(for_calendars(), _("Calls · Armoniza"), planned)
    return _answer(content, "convocatorias.ics")


@require_safe
@login_not_required
def one_call(request, folio):
    """The dates of one public call."""
    call = get_object_or_404(for_calendars(), folio=folio)
    return _answer(calendars.calendar_of([call], call.title), f"{call.folio}.ics")


def _answer(content, filename):
    return HttpResponse(
        content, content_type=TYPE, headers={"Content-Disposition": f'inline; filename="{filename}"'}
    )
