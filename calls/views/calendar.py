"""Calendars that others subscribe to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calls import calendars
from calls.models import Call

TYPE = "text/calendar; charset=utf-8"


def for_calendars():
    return Call.objects.public().prefetch_related("planned_dates").order_by("pk")


@require_safe
@login_not_required
def all_calls(request):
    """The dates of every public call."""
    return _answer(calendars.calendar_of(for_calendars(), _("Calls · Armoniza")), "convocatorias.ics")


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
