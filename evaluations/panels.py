"""What the evaluation puts on the board: reviews done, rulings and amounts of the results released."""

from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import pesos
from evaluations.models import Outcome, Review, Ruling
from evaluations.states import ReviewState
from programs import dashboards
from programs.figures import Figure


@dashboards.panel(
    title=gettext_lazy("Results"),
    template_name="evaluations/_panel_results.html",
    order=40,
    is_publicity=True,
)
def results(scope, viewer):
    """Only released results are counted, for everybody alike: what is pending is secret."""
    released = Ruling.objects.released().filter(call__publication__edition__in=scope)
    counts = released.aggregate(
        total=Count("pk"),
        amount=Sum("amount"),
        calls=Count("call", distinct=True),
        **{outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome},
    )
    reviews = Review.objects.counted().filter(
        assignment__application__call__publication__edition__in=scope,
        assignment__application__call__released_at__isnull=False,
    )
    return {
        "parts": _parts(counts),
        "total": counts["total"],
        "reviews": reviews.filter(state=ReviewState.HANDED_IN).count(),
        "figures": _figures(counts) if counts["total"] else [],
    }


def _parts(counts):
    tones = {Outcome.AWARD: "done", Outcome.RESERVE: "watch", Outcome.NOT_AWARDED: "plain"}
    return [
        {
            "label": outcome.label,
            "value": counts[outcome.value],
            "tone": tones[outcome],
            "url": f"{reverse('api:results-list')}?{urlencode({'outcome': outcome.value})}",
        }
        for outcome in Outcome
    ]


def _figures(counts):
    return [
        Figure(
            name="awarded_amount",
            value=pesos.figures(counts["amount"] or 0),
            number=counts["amount"] or 0,
            sentence=_("awarded in the results released (%(calls)d calls)") % {"calls": counts["calls"]},
            formula=_(
                "Sum of the amounts of the rulings “awarded” of the calls whose results were released."
            ),
            url=reverse("evaluations:results"),
        )
    ]
