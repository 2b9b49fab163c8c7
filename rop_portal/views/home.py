"""The front page: what the portal is, and the ways in that exist."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from calls import listing
from calls.views.public import card
from rop_portal.navigation import address

MOST_CALLS = 3
WAYS = [
    (
        "programs:programs",
        _("Programs"),
        _("The programs for civil society organizations and their Rules of Operation, year by year."),
    ),
    (
        "calls:calls",
        _("Calls"),
        _("What is open, for whom, how much, until when and what it takes to apply."),
    ),
    (
        "programs:matrix",
        _("Harmonization"),
        _("Which good practice each program follows, with the clause that proves it."),
    ),
    (
        "evaluations:results",
        _("Results"),
        _("Who received support and why, with the scores and the reasons of each ruling."),
    ),
    (
        "programs:follow_up",
        _("Follow-up"),
        _("What was promised and what was kept: dates, amounts and answers owed."),
    ),
    (
        "documents:verify",
        _("Verify a document"),
        _("Check with its code that a PDF was issued by this portal and has not been changed."),
    ),
]


@require_safe
@login_not_required
def home(request):
    """Nothing here is counted or promised: only what can be opened, first of all the calls."""
    now = timezone.now()
    ways = [
        {"url": url, "label": label, "text": text} for name, label, text in WAYS if (url := address(name))
    ]
    cards = [card(call, at=now) for call in listing.going_on(at=now, most=MOST_CALLS)]
    return render(request, "portal/home.html", {"ways": ways, "cards": cards})
