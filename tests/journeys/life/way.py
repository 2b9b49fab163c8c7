"""The way of a call from its draft to what follows its results: what is still owed on it, and by whom."""

import time_machine
from django.utils import timezone

from calls.models import Renunciation
from evaluations.models import FeedbackRequest, Ruling, Vote
from tests.harness.taped import taped
from tests.journeys.life import world
from tests.journeys.life.deeds import DEEDS
from tests.journeys.life.evaluating import lacks
from tests.journeys.life.receiving import is_overdue

THE_WAY = [
    "publish", "submit", "seal", "correct", "discard", "admit", "appoint", "add evaluator", "declare",
    "commit", "draw", "hand in", "convene", "open session", "vote", "draft ruling", "sign ruling",
    "close session", "release", "renounce", "promote", "ask for feedback", "answer feedback",
    "ask to reconsider", "admit remedy", "study remedy", "resolve remedy",
]  # fmt: skip


def owed(life):
    """The first deed of the way that is owed now, with its things and who owes it; None: time must pass."""
    for name in THE_WAY:
        due = [
            (thing, names)
            for thing, could in DEEDS[name].ready(life)
            if (names := OWED.get(name, first)(life, thing, could))
        ]
        if due:
            return DEEDS[name], due
    return None


def first(_life, _thing, could):
    return could[:1]


def _undeclared(life, call, could):
    signed = set(call.conflict_declarations.filter(organization=None).values_list("user", flat=True))
    taking_part = life.holding("chair", "secretary", "member", "evaluator")
    return [name for name in could if name in taking_part and life.people[name].pk not in signed]


def _without_vote(life, item, could):
    return [name for name in could if not Vote.objects.filter(item=item, member__user=life.people[name])]


def unless(is_done):
    return lambda life, thing, could: [] if is_done(life, thing) else could[:1]


def _nothinglacks(life, _call):
    return not any(one.state == "admitted" and lacks(one) for one in life.applications())


OWED = {
    "discard": unless(lambda life, one: not is_overdue(life, one)),
    "declare": _undeclared,
    "commit": unless(_nothinglacks),
    "vote": _without_vote,
    "draft ruling": unless(lambda life, item: Ruling.objects.filter(application=item.application_id)),
    "renounce": unless(lambda life, one: Renunciation.objects.filter(application__call=life.number)),
    "ask for feedback": unless(lambda life, one: FeedbackRequest.objects.filter(application=one)),
}


def next_moment(life):
    """When something more can happen: the opening, the close, or the next day."""
    call, now = life.call, timezone.now()
    if call.state == "published":
        return next((moment for moment in (call.opens_at, call.closes_at) if moment > now), call.closes_at)
    return now + timezone.timedelta(days=1)


# Where a life may be taken up


def owes(name):
    return lambda life: (deed_and_due := owed(life)) is not None and deed_and_due[0].name == name


BEGUN = {
    "draft": lambda life: True,
    "open": lambda life: life.call.state == "published",
    "unsought": lambda life: life.call.state == "sealed",
    "sealed": lambda life: life.call.state == "sealed",
    "drawn": owes("hand in"),
    "scored": owes("convene"),
    "voted": owes("sign ruling"),
    "released": lambda life: life.call.state == "released",
    "reconsidered": owes("study remedy"),
}
MOST_STEPS = 12  # from one to the next
AFTER = {"open": "draft", "unsought": "draft", "sealed": "open", "drawn": "sealed", "scored": "drawn",
         "voted": "scored", "released": "voted", "reconsidered": "released"}  # fmt: skip


@taped
def lived(until):
    """A life played by its way until so far, with what the clock says then."""
    life, moment = lived(AFTER[until]) if until in AFTER else (world.draft(), world.BEGINS)
    with time_machine.travel(moment, tick=False) as clock:
        for _step_taken in range(MOST_STEPS):
            if BEGUN[until](life):
                break
            _step(life, clock)
        assert BEGUN[until](life), f"no way leads from {AFTER.get(until)} to {until}"
        if until == "open":
            _fill_applications(life, clock)
        return life, timezone.now()


def _fill_applications(life, clock):
    clock.move_to(life.call.opens_at)
    for organization in life.organizations:
        world.begin_and_fill(life, organization)
    life.moved()


def _step(life, clock):
    deed, due = owed(life) or (None, [])
    for thing, names in due:
        for name in names:
            deed.do(life, thing, life.people[name])
            life.moved()
    clock.move_to(next_moment(life) if deed is None else timezone.now() + timezone.timedelta(minutes=1))
