"""Reads: how many remedies were filed in each call and how they ended, in numbers that point at nobody.

Reports to the internal control body are not counted here, nor anywhere that the public or the agency reads.
"""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations import small_cells
from evaluations.models import RemedyRequest

ENDS = {
    "open": pgettext_lazy("remedies", "Open"),
    "late": _("Dismissed as late"),
    "unfounded": _("Dismissed as unfounded"),
    "confirmed": pgettext_lazy("remedies", "Confirmed"),
    "modified": _("Modified"),
    "replaced": _("Replaced"),
}


def counted(calls=None):
    """Of each call, by its row, how many remedies of both kinds ended in each way."""
    filed = RemedyRequest.objects.all()
    if calls is not None:
        filed = filed.filter(application__call__in=calls)
    rows = filed.order_by().values_list("application__call", "dismissal", "outcome").annotate(n=Count("pk"))
    found = {}
    for call, dismissal, outcome, number in rows:
        found.setdefault(call, dict.fromkeys(ENDS, 0))[dismissal or outcome or "open"] += number
    return found


def figures(counts=None):
    """What may be published of one call: its total and how they ended; ``None`` is left out."""
    counts = counts or dict.fromkeys(ENDS, 0)
    total = sum(counts.values())
    return {"total": None if small_cells.is_small(total) else total, **small_cells.published(counts)}
