"""Reads: after the results, who renounced, who waits on the reserve list, and the money there is for them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from calls.models import Application, Renunciation
from calls.states import GRANTED, ApplicationState
from evaluations import standing
from evaluations.models import Promotion, Ruling


def waiting(call):
    """The released rulings of those who still wait, in the order of the list."""
    found = Ruling.objects.released().filter(call=call, application__state=ApplicationState.RESERVE)
    return found.select_related("application__organization__body").order_by("reserve_order", "pk")


def held(call):
    """What the organizations awarded today have between them."""
    awarded = Application.objects.filter(call=call, state__in=GRANTED)
    return awarded.aggregate(total=Sum("awarded_amount"))["total"] or Decimal(0)


def left(call):
    """What remains of the budget of the call, with what was renounced."""
    return standing.budget_of(call) - held(call)


def was_renounced(call):
    """Whether somebody renounced: without that there is no award from the reserve list."""
    return Renunciation.objects.filter(application__call=call).exists()


@dataclass(frozen=True)
class Change:
    """A line of what changed after the results: who renounced, or who was awarded from the list."""

    at: datetime
    application: Application
    promotion: Promotion | None = None


def changes_of(call):
    """What changed after the results of a call, in the order in which it did: public."""
    with_names = "organization__body"
    renounced = Renunciation.objects.filter(application__call=call).select_related(
        f"application__{with_names}"
    )
    promoted = call.promotions.select_related(f"ruling__application__{with_names}")
    found = [Change(one.at, one.application) for one in renounced]
    found += [Change(one.decided_at, one.ruling.application, one) for one in promoted]
    return sorted(found, key=lambda change: change.at)
