"""What may be done in the session of the committee, and to release what it decided."""

from datetime import timedelta

from calls.models import Barred
from evaluations import standing, voting
from evaluations.actions import releasing, rulings, sessions
from evaluations.models import AgendaItem, Assignment, CommitteeMember, Review, Ruling, Session, Vote
from tests.journeys.life.deed import WHY, Deed, now, only, seated, the_call
from tests.journeys.life.evaluating import EVALUATORS_WANTED
from tests.journeys.life.receiving import AT_THE_DESK

QUORUM = 2


def sessions_of(life):
    found = Session.objects.filter(committee__call=life.number)
    return list(found.select_related("committee__call").order_by("pk"))


def all_scored(life):
    """Whether every file admitted has its evaluators, and each of them handed in."""
    admitted = [one for one in life.applications() if one.state == "admitted"]
    return bool(admitted) and all(is_scored(one) for one in admitted)


def is_scored(application):
    states = [one.review.state for one in Assignment.objects.active().filter(application=application)]
    return len(states) >= EVALUATORS_WANTED and set(states) == {"handed_in"}


def may_meet(life, call):
    if call.state != "sealed" or any(one.state in AT_THE_DESK for one in life.applications()):
        return False
    ruled = set(Ruling.objects.settled().filter(call=call).values_list("application", flat=True))
    waits = any(one.state == "admitted" and one.pk not in ruled for one in life.applications())
    return waits and all_scored(life) and all(one.state == "closed" for one in sessions_of(life))


def members_of(session):
    return list(CommitteeMember.objects.current().filter(committee=session.committee_id))


def may_open(life, session):
    here = members_of(session)
    declared = session.committee.call.conflict_declarations.filter(organization=None)
    signed = set(declared.values_list("user", flat=True))
    voting_here = sum(member.seat.has_vote for member in here)
    everybody = {member.user_id for member in here} <= signed
    going_on = session.state == "convened" and life.call.state == "sealed"
    return going_on and everybody and voting_here >= QUORUM and all_scored(life)


def convene(_life, call, by):
    sessions.convene(call, by=by, scheduled_for=now() + timedelta(hours=1), place="Sala de juntas")


def agenda(life):
    found = AgendaItem.objects.filter(session__committee__call=life.number)
    return list(found.select_related("session__committee__call", "application__organization").order_by("pk"))


def is_on_the_table(life, item):
    """The session is open, the file is scored and nobody has ruled on it."""
    settled = Ruling.objects.settled().filter(application=item.application_id)
    return item.session.state == "open" and life.call.state == "sealed" and not settled.exists()


def those_with_a_vote(life, item):
    here = (
        CommitteeMember.objects.current()
        .voting()
        .filter(attendance__session=item.session, attendance__present=True)
    )
    barred = Barred.objects.filter(application=item.application_id).values("user")
    return {life.name_of(member.user) for member in here.exclude(user__in=barred).select_related("user")}


def voted(item):
    cast = Vote.objects.filter(item=item).values_list("choice", "member__seat__kind")
    casting = next((choice for choice, kind in cast if kind == "chair"), None)
    enough = len(cast) >= QUORUM
    return voting.decision([choice for choice, _kind in cast], casting=casting) if enough else None


def vote(life, item, by):
    proposed = standing.proposals(life.call).get(item.application_id)
    sessions.vote(item.session, item.application, proposed.outcome if proposed else "reserve", by=by)


def may_be_drafted(life, item):
    counted = Review.objects.counted().filter(assignment__application=item.application_id)
    return is_on_the_table(life, item) and counted.exists()


def draft(_life, item, by):
    rulings.draft(
        item.session, item.application, by=by, outcome=voted(item) or "reserve",
        departure_reason="Así se votó.", **WHY,
    )  # fmt: skip


def rulings_of(life):
    found = Ruling.objects.filter(call=life.number)
    return list(found.select_related("session", "application", "call").order_by("pk"))


def mean_of(application):
    totals = [one.review.total for one in Assignment.objects.active().filter(application=application)]
    return sum(totals) / len(totals)


def may_be_signed(life, ruling):
    item = AgendaItem.objects.get(session=ruling.session, application=ruling.application)
    if ruling.state != "drafted" or not is_on_the_table(life, item) or not is_scored(ruling.application):
        return False
    if mean_of(ruling.application) != ruling.total:
        return False
    left = standing.budget_of(life.call) - sum(
        one.amount or 0 for one in rulings_of(life) if one.state != "drafted"
    )
    return voted(item) == ruling.outcome and (ruling.amount or 0) <= left


def has_nothing_drafted(_life, session):
    drafts = Ruling.objects.filter(session=session, state="drafted")
    return session.state == "open" and not drafts.exists()


def may_be_released(life, call):
    ruled = set(Ruling.objects.filter(call=call, state="sealed").values_list("application", flat=True))
    states = {one.state for one in life.applications()}
    admitted = {one.pk for one in life.applications() if one.state == "admitted"}
    closed = all(one.state == "closed" for one in sessions_of(life))
    return (
        call.state == "sealed"
        and not states & set(AT_THE_DESK)
        and bool(ruled)
        and admitted == ruled
        and closed
    )


RUNNING = seated("chair", "secretary")
OF_THE_SESSION = [
    Deed("convene", the_call, may_meet, RUNNING, convene),
    Deed(
        "open session", sessions_of, may_open, RUNNING,
        lambda life, one, by: sessions.open(one, by=by, present=members_of(one)),
    ),
    Deed("vote", agenda, is_on_the_table, those_with_a_vote, vote),
    Deed("draft ruling", agenda, may_be_drafted, RUNNING, draft),
    Deed(
        "sign ruling", rulings_of, may_be_signed, seated("chair"),
        lambda life, one, by: rulings.issue(one, by=by),
    ),
    Deed(
        "close session", sessions_of, has_nothing_drafted, RUNNING,
        lambda life, one, by: sessions.close(one, by=by, minutes="Sin observaciones."),
    ),
    Deed(
        "release", the_call, may_be_released, only("head"),
        lambda life, call, by: releasing.release(call, by=by, reason="Se sumó una sesión."),
    ),
]  # fmt: skip
