"""What calls put on the board: where they stand, and the dates of the agencies, promised and kept."""

from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls import dissemination, listing, promised
from calls.models import Call
from calls.models.calls import ENDED_STATES
from calls.schedule import PromiseStatus
from calls.states import GRANTED, ApplicationState, CallState
from programs import dashboards
from programs.figures import Figure, percent
from programs.models import Side

SHOWN = {
    listing.COMING: (gettext_lazy("Coming"), "info"),
    listing.OPEN: (gettext_lazy("Open"), "done"),
    listing.EVALUATION: (gettext_lazy("In evaluation"), "house"),
    listing.RESULTS: (gettext_lazy("With results"), "plain"),
}
TONES = {
    PromiseStatus.KEPT: "done",
    PromiseStatus.LATE: "wrong",
    PromiseStatus.OVERDUE: "watch",
    PromiseStatus.DUE: "soft",
}


@dashboards.panel(title=gettext_lazy("Calls"), template_name="calls/_panel_calls.html", order=20)
def calls(scope, viewer):
    """The public calls of the editions chosen, by phase; each number opens its list."""
    now, codes = timezone.now(), [edition.code for edition in scope]
    found = Call.objects.visible_to(viewer).public().filter(publication__edition__code__in=codes)
    counts = found.aggregate(
        total=Count("pk"), **{state: Count("pk", filter=listing.in_state(state, at=now)) for state in SHOWN}
    )
    parts = [
        {"label": words, "value": counts[state], "tone": tone, "url": _calls_url(codes, state=state)}
        for state, (words, tone) in SHOWN.items()
    ]
    figures = (
        [_open(counts, codes), *_made_known(found.exclude(state__in=ENDED_STATES), codes, now)]
        if codes
        else []
    )
    return {"parts": parts, "total": counts["total"], "figures": figures}


def _open(counts, codes):
    return Figure(
        name="open_calls",
        value=str(counts[listing.OPEN]),
        sentence=_("calls open today"),
        formula=_("Published calls whose reception has opened and not closed at this moment."),
        url=_calls_url(codes, state=listing.OPEN),
        number=counts[listing.OPEN],
        of=counts["total"],
    )


def _made_known(found, codes, now):
    """Planned ways of making calls known that have evidence; nothing where the day of none has come."""
    rows = list(dissemination.with_counts(found.order_by(), now=now).values("come", "evident"))
    counted = {name: sum(row[name] for row in rows) for name in ("come", "evident")}
    if not counted["come"]:
        return []
    figure = Figure(
        name="dissemination_with_evidence",
        value=percent(counted["evident"], counted["come"]),
        sentence=_("of the planned ways of making calls known have evidence"),
        formula=_(
            "Actions with evidence that stands, of those with it or whose day passed, in calls that go on."
        ),
        url=_calls_url(codes),
        number=counted["evident"],
        of=counted["come"],
        note=_("%(evident)d of %(come)d") % counted,
    )
    return [figure]


def _calls_url(codes, **filters):
    return f"{reverse('calls:calls')}?{urlencode({**filters, 'edition': codes}, doseq=True)}"


@dashboards.panel(
    title=gettext_lazy("Dates of the agencies, promised and kept"),
    template_name="calls/_panel_promises.html",
    order=30,
    is_publicity=True,
)
def promises(scope, viewer):
    """The milestones that bind the agency: kept, late, overdue or still to come."""
    today, codes = timezone.localdate(), [edition.code for edition in scope]
    if not codes:
        return {"parts": [], "total": 0, "figures": []}
    found = promised.in_force(codes).filter(side=Side.AGENCY)
    counts = _counted(found, today)
    parts = [
        {"label": status.label, "value": counts[status.value], "tone": TONES[status],
         "url": _promises_url(codes, status)}
        for status in PromiseStatus
    ]  # fmt: skip
    return {
        "parts": parts,
        "total": sum(counts.values()),
        "worst": [promised.row(one, today=today) for one in _worst(found, today)],
        "figures": [_kept(counts, codes)],
    }


def _counted(found, today):
    conditions = promised.conditions(today)
    return found.aggregate(
        **{status.value: Count("pk", filter=conditions[status]) for status in PromiseStatus}
    )


def _worst(found, today):
    """The five oldest promises that were not kept."""
    conditions = promised.conditions(today)
    return found.filter(conditions[PromiseStatus.LATE] | conditions[PromiseStatus.OVERDUE]).order_by("on")[:5]


def _kept(counts, codes):
    fallen = counts["kept"] + counts["late"] + counts["overdue"]
    return Figure(
        name="promises_kept",
        value=percent(counts["kept"], fallen),
        sentence=_("of the agencies' dates that have come were kept"),
        formula=_("Dates that happened on or before the promised day, of all whose day has come."),
        url=_promises_url(codes, PromiseStatus.KEPT),
        number=counts["kept"],
        of=fallen,
        note=_("%(kept)d of %(fallen)d") % {"kept": counts["kept"], "fallen": fallen},
    )


def _promises_url(codes, status):
    filters = {"status": status.value, "side": Side.AGENCY.value, "edition": codes}
    return f"{reverse('calls:promises')}?{urlencode(filters, doseq=True)}"


# Applications

NOT_SECRET = [CallState.SEALED, CallState.RELEASED, CallState.FINISHED]


@dashboards.panel(
    title=gettext_lazy("Applications"),
    template_name="calls/_panel_applications.html",
    order=25,
    is_publicity=True,
)
def applications(scope, viewer):
    """Received once the reception closed, awarded once the results were released; both open their calls."""
    codes = [edition.code for edition in scope]
    found = Call.objects.visible_to(viewer).filter(publication__edition__code__in=codes, state__in=NOT_SECRET)
    rows = list(_counted_by_call(found)) if codes else []
    received, awarded = sum(r.received for r in rows), sum(r.awarded for r in rows)
    return {
        "rows": rows,
        "figures": [_received(received, codes), _awarded(awarded, received, codes)] if rows else [],
    }


def _counted_by_call(calls):
    """Each call with how many it received, how many were awarded, and for how much."""
    one = "applications"
    sent = ~Q(applications__state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
    released = Q(state__in=[CallState.RELEASED, CallState.FINISHED])
    settled = released & Q(applications__state__in=GRANTED)
    return calls.annotate(
        received=Count(one, filter=sent & Q(applications__isnull=False)),
        awarded=Count(one, filter=settled),
        awarded_amount=Sum("applications__awarded_amount", filter=settled),
    ).order_by("-closes_at", "pk")


def _received(received, codes):
    return Figure(
        name="applications_received",
        value=str(received),
        sentence=_("applications received"),
        formula=_("Applications handed in, and not withdrawn, to calls whose reception has closed."),
        url=_calls_url(codes),
        number=received,
    )


def _awarded(awarded, received, codes):
    return Figure(
        name="applications_awarded",
        value=str(awarded),
        sentence=_("applications awarded"),
        formula=_("Applications awarded in calls whose results were released."),
        url=_calls_url(codes, state=listing.RESULTS),
        number=awarded,
        of=received,
    )
