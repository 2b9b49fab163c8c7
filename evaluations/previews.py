"""Reads: everything that a release will publish and send, before it does."""

from dataclasses import dataclass
from decimal import Decimal

from evaluations import notices, standing
from evaluations.models import Outcome, Ruling
from evaluations.scorecards import points_by_criterion
from evaluations.states import RulingState


def pending(call):
    """The sealed rulings of a call, in the order in which they will be published."""
    sealed = Ruling.objects.filter(call=call, state=RulingState.SEALED)
    return sealed.select_related("application__organization__body").in_rank_order()


@dataclass(frozen=True)
class Total:
    """Of one outcome: how many applications, how much money, and how many people are written to."""

    outcome: str
    label: str
    files: int
    amount: Decimal
    people: int


def people_of(rulings):
    """Who is written to, by the body of each organization: one query for all of them."""
    return notices.representatives_of(ruling.application.organization for ruling in rulings)


def totals(rulings, people):
    """What all rulings come to, outcome by outcome, and to how many people each notice goes."""
    return [
        _total(outcome, [one for one in rulings if one.outcome == outcome], people) for outcome in Outcome
    ]


def _total(outcome, rulings, people):
    amount = sum((ruling.amount or Decimal(0) for ruling in rulings), Decimal(0))
    told = sum(len(people.get(ruling.application.organization.body_id, [])) for ruling in rulings)
    return Total(outcome.value, outcome.label, len(rulings), amount, told)


def rows(call, rulings, people):
    """Each ruling with its points by criterion, and its notice word by word with who will get it."""
    points, criteria = points_by_criterion(call), standing.criteria_of(call)
    return [
        {
            "ruling": ruling,
            "points": list(zip(criteria, points.get(ruling.application_id, []), strict=False)),
            "to": [str(person) for person in people.get(ruling.application.organization.body_id, [])],
            "subject": notices.result_subject(ruling),
            "body": notices.result_body(ruling),
        }
        for ruling in rulings
    ]
