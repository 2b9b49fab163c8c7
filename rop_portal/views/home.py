"""The front page: what the portal is, and the ways in that exist."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rop_portal.navigation import address

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
    """Nothing here is counted or promised: only what can be opened."""
    ways = [
        {"url": url, "label": label, "text": text} for name, label, text in WAYS if (url := address(name))
    ]
    return render(request, "portal/home.html", {"ways": ways})
