"""The calls to come that nobody has announced yet."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calls import forecast
from calls.forms.calls import ForecastFilterForm
from calls.views.subscriptions import address_carrying

PER_PAGE = 20


@require_safe
@login_not_required
def to_come(request):
    """What the Rules plan and what the last calls suggest, the first to open first; none of it a promise."""
    today = timezone.localdate()
    every = forecast.to_come(today=today)
    form = ForecastFilterForm(request.GET, every)
    made = form.choices_made()
    page = Paginator(forecast.chosen(every, **made), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "cards": [card(one, today=today) for one in page],
        "subscribe_url": address_carrying(made),
    }
    return render(request, "calls/forecast.html", shown)


def card(one, *, today):
    """What the page says of one call to come."""
    return {
        "one": one,
        "is_planned": isinstance(one, forecast.Planned),
        "is_late": one.is_late(today),
        "subscribe_url": address_carrying({"agency": one.program.agency.acronym}),
    }
