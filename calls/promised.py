"""The promised dates of all public calls, planned beside actual: for the list, the board and the API."""

from django.db.models import F, Q

from calls import listing, schedule
from calls.models import PlannedDate
from calls.models.calls import ENDED_STATES
from calls.schedule import PromiseStatus
from programs.models import Side


def in_force(editions=()):
    """The last date promised for each milestone of each public call, with what became of it."""
    found = PlannedDate.objects.promised().in_force().with_outcome()
    found = found.exclude(call__state__in=ENDED_STATES, actual=None)  # nobody owes these any more
    found = listing.of_editions(found, editions, "call__publication__edition__code__in")
    return found.select_related("call__publication__edition__program__agency").defer(
        "call__publication__snapshot"
    )


def chosen(found, *, today, agency="", milestone="", side="", status=""):
    if agency:
        found = found.filter(call__publication__edition__program__agency__acronym=agency)
    if milestone:
        found = found.filter(milestone=milestone)
    if side:
        found = found.filter(side=side)
    if status:
        found = with_status(found, status, today=today)
    return found.order_by("on", "pk")


def with_status(found, status, *, today):
    return found.filter(conditions(today)[PromiseStatus(status)])


def conditions(today):
    """What each status means of a date that stands beside its outcome."""
    return {
        PromiseStatus.KEPT: Q(actual__lte=F("on")),
        PromiseStatus.LATE: Q(actual__gt=F("on")),
        PromiseStatus.OVERDUE: Q(actual=None, on__lt=today),
        PromiseStatus.DUE: Q(actual=None, on__gte=today),
    }


def row(planned, *, today):
    """One promised date as the list shows it."""
    late = schedule.delay(planned.on, planned.actual or today)
    status = schedule.promise_status(planned.on, planned.actual, today=today)
    return {
        "call": planned.call,
        "label": planned.get_milestone_display(),
        "side": Side(planned.side).label if planned.side else "",
        "on": planned.on,
        "actual": planned.actual,
        "status": status,
        "changed": planned.number > 1,
        "late_days": late.calendar if late else 0,
        "reason": planned.actual_reason or "",
    }
