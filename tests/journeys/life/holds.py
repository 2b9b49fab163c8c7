"""What must hold at every moment of the life of a call: each reading gives what breaks it, in words."""

from collections import Counter
from itertools import pairwise

from django.db import connection
from django.db.models import F, Sum

from accounts.acts import Act
from accounts.models import Membership, Notice, TrailEntry
from calls import states as of_calls
from calls.models import Application, Barred, Call, PlannedDate, Renunciation
from documents.models import Rendering
from evaluations import scoring, standing
from evaluations import states as of_evaluations
from evaluations.api.results import Results
from evaluations.models import (
    Assignment,
    Draw,
    FeedbackRequest,
    Promotion,
    RemedyRequest,
    Review,
    Ruling,
    Session,
    Vote,
)
from programs.models import Publication

LIVES = {
    "call": Call, "application": Application, "review": Review, "session": Session, "ruling": Ruling,
    "draw": Draw, "feedback": FeedbackRequest, "remedy": RemedyRequest,
}  # fmt: skip
ACTS = [one for module in (of_calls, of_evaluations) for one in vars(module).values() if isinstance(one, Act)]
MOVES = {(act.name.split(".")[0], source, act.target) for act in ACTS for source in act.sources}
OUTCOMES = ("awarded", "reserve", "not_awarded", "renounced")
OF_RESULTS = ("ruling_letter", "scorecard", "results_list")
# Nobody of them takes part in the session, nor releases what it decided
OUTSIDE = (
    "operator", "auditor", "evaluator1", "representative 0", "drafter 1", "other head", "administrator",
    "stranger",
)  # fmt: skip


# All that an act could change: what is kept of each row, and how many rows there are
WATCHED = {
    Application: ("awarded_amount", "requested_amount", "folio"),
    Ruling: ("outcome", "amount", "reserve_order", "reasons", "total"),
    Review: ("total",),
    Call: ("opens_at", "closes_at", "budget", "summary"),
    PlannedDate: ("on", "is_promise"),
    Publication: ("sha256",),
    Vote: ("choice",),
    Assignment: ("withdrawn_at",),
    Membership: ("until",),
    **dict.fromkeys((TrailEntry, Notice, Promotion, Renunciation, Barred, Rendering), ()),
}


def states():
    """The state of each thing that has one, by what it is and its number."""
    parts = [_rows(model, ["state"], name) for name, model in LIVES.items()]
    return {(name, pk): state for name, pk, state in _asked(parts)}


def picture():
    """All that an act could change, in short: two that are alike mean that nothing was done."""
    counted = [f"SELECT '{model.__name__}', COUNT(*), '' FROM {model._meta.db_table}" for model in WATCHED]
    kept = [_rows(model, names, model.__name__) for model, names in WATCHED.items() if names]
    return states(), _asked([*counted, *kept])


def _rows(model, names, called):
    told = " || '|' || ".join(f"COALESCE(CAST({_column(model, name)} AS TEXT), '')" for name in names)
    return f"SELECT '{called}', id, {told} FROM {model._meta.db_table}"


def _column(model, name):
    return connection.ops.quote_name(model._meta.get_field(name).column)


def _asked(parts):
    """One question for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return sorted(cursor.fetchall())


def broken(life, before, rules):
    """Everything that does not hold, given the states ``before`` and the Rules as they were published."""
    return [
        *unlawful_moves(before, states()),
        *too_much_money(life),
        *who_scored_and_ruled(life),
        *scores_apart(life),
        *what_is_seen_too_early(life),
        *what_the_barred_see(life),
        *out_of_order(life),
        *results_apart(life),
        *(["the Rules changed"] if rules != life.publications() else []),
    ]


def unlawful_moves(before, after):
    """A thing moves along a declared act, and is never gone."""
    yield from (f"{key} is gone" for key in before if key not in after)
    for (name, pk), state in after.items():
        former = before.get((name, pk), state)
        if state not in dict(LIVES[name]._meta.get_field("state").choices):
            yield f"{name} {pk} is {state}, which is no state"
        if former != state and (name, former, state) not in MOVES:
            yield f"{name} {pk} went from {former} to {state}"


def too_much_money(life):
    budget = standing.budget_of(life.call)
    held = Application.objects.filter(call=life.number, state__in=["awarded", "formalized"])
    signed = Ruling.objects.filter(call=life.number, state="sealed")
    for what, found, field in (("awarded", held, "awarded_amount"), ("signed", signed, "amount")):
        total = found.aggregate(total=Sum(field))["total"] or 0
        if total > budget:
            yield f"{total} {what} of {budget}"


def who_scored_and_ruled(life):
    """Nobody votes on a file that they scored or that is kept from them, nor signs its ruling."""
    settled = Ruling.objects.settled().filter(call=life.number)
    for ruling in settled.filter(application__assignments__evaluator=F("decided_by")):
        yield f"who scored {ruling.application_id} signed its ruling"
    votes = Vote.objects.filter(item__application__call=life.number)
    for vote in votes.filter(item__application__assignments__evaluator=F("member__user")):
        yield f"{vote}: by who scored the file"
    for vote in votes.filter(item__application__barred__user=F("member__user")):
        yield f"{vote}: by who is barred from it"


def scores_apart(life):
    """A ruling stands on reviews that were all handed in, and their mean is the total which it says."""
    for ruling in Ruling.objects.settled().filter(call=life.number):
        read = Assignment.objects.active().filter(application=ruling.application_id)
        totals = list(read.values_list("review__total", flat=True))
        if None in totals or not totals:
            yield f"{ruling.application_id} was ruled on while it is scored"
        elif scoring.mean(totals) != ruling.total:
            yield f"{ruling.application_id} was ruled on with {ruling.total}, and its reviews give {totals}"


def what_is_seen_too_early(life):
    """Before the release nobody outside the session sees an outcome: in no list, file, notice or API."""
    if life.call.released_at is not None:
        return
    if Results.queryset.filter(call=life.number).exists():
        yield "the API gives results"
    if Notice.objects.filter(kind="ruling.release").exists():
        yield "an organization was told"
    if Rendering.objects.filter(kind__in=OF_RESULTS).exists():
        yield "a paper tells the results"
    if Application.objects.filter(call=life.number, state__in=OUTCOMES).exists():
        yield "the state of an application tells its result"
    for name in OUTSIDE if Ruling.objects.exists() else ():
        if Ruling.objects.visible_to(life.people[name]).filter(call=life.number).exists():
            yield f"{name} sees a pending ruling"


def what_the_barred_see(life):
    for one in Barred.objects.filter(application__call=life.number).select_related("user"):
        seen = Application.objects.visible_to(one.user).filter(pk=one.application_id)
        scored = Assignment.objects.visible_to(one.user).filter(application=one.application_id)
        if seen.exists() or scored.exists():
            yield f"{one.user} sees {one.application_id}, which is kept from them"


def out_of_order(life):
    """Of those promoted without a reason to skip, none comes before another of a better place."""
    given = life.call.promotions.order_by("decided_at", "pk").select_related("ruling")
    places = [one.ruling.reserve_order for one in given if not one.skip_reason]
    yield from (f"{two} was promoted after {one}" for one, two in pairwise(places) if two < one)
    waiting = Ruling.objects.released().filter(call=life.number, application__state="reserve")
    passed = [one.reserve_order for one in waiting if places and one.reserve_order < max(places)]
    yield from (f"{place} of the reserve list was passed over" for place in passed)


def results_apart(life):
    """The state of an application is what its ruling says, or what was done with it since."""
    kept = {"award": {"awarded"}, "reserve": {"reserve"}, "not_awarded": {"not_awarded"}}
    promoted = set(Promotion.objects.filter(call=life.number).values_list("ruling", flat=True))
    gave_up = set(Renunciation.objects.values_list("application", flat=True))
    for ruling in Ruling.objects.filter(call=life.number).select_related("application"):
        state = ruling.application.state
        wanted = kept[ruling.outcome] if ruling.state == "released" else {"admitted"}
        if ruling.pk in promoted:
            wanted = {"awarded"}
        if ruling.application_id in gave_up:
            wanted = {"renounced"}
        if state not in wanted:
            yield f"{ruling.application_id} is {state}, and its ruling says {ruling.outcome}"
    twice = Counter(Ruling.objects.filter(call=life.number).values_list("application", flat=True))
    yield from (f"{pk} has {count} rulings" for pk, count in twice.items() if count > 1)
