"""Sessions of the committee: convened, opened with quorum, one file at a time voted, closed with minutes."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import User
from calls.actions import endings
from calls.models import Application, Barred, ReadingRight
from calls.states import CallState
from documents import renderings
from evaluations import notices, standing, states, voting
from evaluations.actions import conflicts
from evaluations.models import AgendaItem, Attendance, CommitteeMember, Ruling, Session, Vote
from evaluations.rules import demand
from evaluations.states import RulingState, SessionState
from jobs import locks


class CannotConvene(acts.Refused):
    """Why no session can be convened; ``field`` says which entry it is about."""


class CannotOpen(Exception):
    """Why the session cannot begin."""


class CannotVote(Exception):
    """Why the vote was not taken."""


class CannotClose(Exception):
    """Why the session cannot be closed yet."""


def demand_running(by, call):
    demand(
        by, "evaluations.run_session", call,
        _("Sessions are run by the chair or the secretary of the committee."),
    )  # fmt: skip


@transaction.atomic
def convene(call, *, by, scheduled_for, place, at=None):
    """Call the committee to decide every admitted application, in the order of the ranking.

    Refused while a review is missing: the ranking would be that of some.
    """
    demand_running(by, call)
    _refuse_convocation(call, place)
    at = acts.moment(at)
    committee, rule = call.committee, standing.scoring_rule(call)
    number = committee.sessions.count() + 1
    session = Session.objects.create(
        folio=f"SES-{call.folio}-{number:02}",
        committee=committee,
        number=number,
        scheduled_for=scheduled_for,
        place=place.strip(),
        quorum=rule.quorum if rule else 1,
        convened_at=at,
        convened_by=by,
    )
    _lay_agenda(session, call)
    acts.record("session.convene", session, by=by, at=at)
    members = CommitteeMember.objects.current().filter(committee=committee).in_order()
    notices.convened(list(User.objects.filter(pk__in=members.values("user")).order_by("pk")), session, at)
    return session


def why_closed(call):
    """Why the committee of a call is not convened now; nothing while it can be."""
    if call.state == CallState.SEALED:
        return ""
    return _("The committee meets after reception has closed and before results.")


def _refuse_convocation(call, place):
    if reason := why_closed(call):
        raise CannotConvene(reason)
    if not place.strip():
        raise CannotConvene(_("Write the place or the link of the session."), "place")
    if standing.at_the_desk(call).exists():
        raise CannotConvene(
            _("Some applications are still under documentary review: the ranking is not complete.")
        )
    if not standing.all_handed_in(call):
        raise CannotConvene(_("Some reviews have not been handed in: the ranking is not complete."))
    if call.committee.sessions.exclude(state=SessionState.CLOSED).exists():
        raise CannotConvene(_("There is a session that has not been closed."))
    settled = Ruling.objects.filter(call=call).exclude(state=RulingState.DRAFTED)
    if not standing.in_play(call).exclude(pk__in=settled.values("application")).exists():
        raise CannotConvene(_("Every application has its ruling: there is nothing to decide."))


def _lay_agenda(session, call):
    settled = set(
        Ruling.objects.filter(call=call)
        .exclude(state=RulingState.DRAFTED)
        .values_list("application", flat=True)
    )
    order = [place.scored.key for place in standing.places(call) if place.scored.key not in settled]
    AgendaItem.objects.bulk_create(
        AgendaItem(session=session, application_id=application, position=position)
        for position, application in enumerate(order, start=1)
    )


@transaction.atomic
def open(session, *, by, present, at=None):  # noqa: A001 -- reads as sessions.open(session)
    """Begin with those who are present, who must make quorum and have declared their conflicts.

    Those present read the files by name from now on, except where they are recused.
    """
    call = session.committee.call
    demand_running(by, call)
    endings.hold_going_on(call.pk)
    members = list(CommitteeMember.objects.current().filter(committee=session.committee).in_order())
    here = [member for member in members if member in present]
    _refuse_opening(session, call, here)
    at = acts.moment(at)
    acts.perform(states.OPEN_SESSION, session, by=by, at=at, opened_at=at)
    Attendance.objects.bulk_create(
        Attendance(session=session, member=member, present=member in here, at=at) for member in members
    )
    let_read(session, here, at)
    return session


def _refuse_opening(session, call, here):
    for member in here:
        if not conflicts.has_declared(call, member.user):
            raise CannotOpen(
                _("%(name)s has not declared their conflicts of interest.") % {"name": member.user}
            )
    if sum(member.seat.has_vote for member in _acting(here)) < session.quorum:
        raise CannotOpen(
            _("There is no quorum: %(needed)s members with a vote are needed.") % {"needed": session.quorum}
        )
    if not standing.all_handed_in(call):
        raise CannotOpen(_("Some reviews have not been handed in: the ranking is not complete."))


def _acting(here, recused=frozenset()):
    """Who acts for each seat among those present: its holder, or the substitute if the holder cannot."""
    acting = {}
    for member in sorted(here, key=lambda m: m.is_substitute):
        if member.user_id not in recused:
            acting.setdefault(member.seat_id, member)
    return list(acting.values())


def let_read(session, here, at):
    """Give those present the right to read the files of the agenda that they are not barred from."""
    applications = list(session.agenda.values_list("application", flat=True))
    users = [member.user_id for member in here]
    barred = set(
        Barred.objects.filter(user__in=users, application__in=applications).values_list("user", "application")
    )
    held = set(
        ReadingRight.objects.filter(
            user__in=users, application__in=applications, kind=ReadingRight.Kind.COMMITTEE, until=None
        ).values_list("user", "application")
    )
    ReadingRight.objects.bulk_create(
        ReadingRight(user_id=user, application_id=application, kind=ReadingRight.Kind.COMMITTEE, since=at)
        for user in users
        for application in applications
        if (user, application) not in barred | held
    )


def present_members(session):
    """Those who came, the holders first."""
    here = CommitteeMember.objects.filter(attendance__session=session, attendance__present=True)
    return here.select_related("seat", "user").in_order()


def present_for(session, application):
    """Those who came and are not recused from the file."""
    recused = Barred.objects.filter(application=application)
    return present_members(session).exclude(user__in=recused.values("user"))


def recused_from(application):
    return set(Barred.objects.filter(application=application).values_list("user", flat=True))


def voters(session, application, *, here=None, recused=None):
    """Who decides a file: present, with a vote, not recused; a substitute only in the holder's place."""
    if here is None:
        here, recused = present_for(session, application), ()
    recused = recused_from(application) if recused is None else recused
    return [member for member in _acting(here, recused) if member.seat.has_vote]


def has_quorum(session, application):
    """Quorum is counted for each file, without those recused from it."""
    return len(voters(session, application)) >= session.quorum


def demand_vote(by, session):
    demand(by, "evaluations.vote", session, _("Only members with a vote decide."))


@transaction.atomic
def vote(session, application, choice, *, by, at=None):
    """Vote on one file, once quorum stands; until the file is ruled on a vote may be changed."""
    demand_vote(by, session)
    (session,) = locks.exclusive(Session.objects.filter(pk=session.pk).select_related("committee__call"))
    endings.refuse_if_ended(session.committee.call)
    if not session.is_open:
        raise CannotVote(_("The session is not open."))
    if choice not in Vote.Choice.values:
        raise CannotVote(_("Choose one of the votes."))
    item = AgendaItem.objects.filter(session=session, application=application).first()
    if item is None:
        raise CannotVote(_("That file is not on the agenda of this session."))
    member = _voter(session, application, by)
    if Ruling.objects.filter(application=application).exclude(state=RulingState.DRAFTED).exists():
        raise CannotVote(_("That file has its ruling."))
    at, item.session = acts.moment(at), session
    cast, _new = Vote.objects.update_or_create(
        item=item, member=member, defaults={"choice": choice, "at": at}
    )
    acts.record("session.vote", cast, by=by, at=at, note=application.folio, seals=("choice", "at"))
    return cast


def _voter(session, application, by):
    entitled = voters(session, application)
    for member in entitled:
        if member.user_id == by.pk:
            if len(entitled) < session.quorum:
                raise CannotVote(
                    _("Without those recused there is no quorum for this file: call the substitutes.")
                )
            return member
    raise CannotVote(_("You do not vote on this file."))


@transaction.atomic
def vote_as_proposed(session, *, by, at=None):
    """Vote on every file that one has not voted on as ranking, pass mark and budget propose."""
    demand_vote(by, session)
    proposals = standing.proposals(session.committee.call)
    return [
        vote(session, application, proposals[application.pk].outcome, by=by, at=at)
        for application in undecided(session, by)
    ]


def undecided(session, user):
    """The files of the agenda on which a person may still vote and has not."""
    settled = Ruling.objects.exclude(state=RulingState.DRAFTED).values("application")
    items = session.agenda.exclude(application__in=settled).exclude(votes__member__user=user)
    items = items.exclude(application__barred__user=user)
    here, found = list(present_members(session)), []
    for application in Application.objects.filter(pk__in=items.values("application")).order_by(
        "agenda_items__position"
    ):
        entitled = voters(session, application, here=here)
        if len(entitled) >= session.quorum and any(m.user_id == user.pk for m in entitled):
            found.append(application)
    return found


def decided(session, application):
    """What the committee voted on a file; the chair breaks a tie. ``None``: nothing decided yet.

    At least as many as the quorum must have voted, abstentions included.
    """
    entitled = {member.pk: member for member in voters(session, application)}
    votes = Vote.objects.filter(item__session=session, item__application=application, member__in=entitled)
    cast = {vote.member_id: vote.choice for vote in votes}
    if len(cast) < session.quorum:
        return None
    chair = next((pk for pk, member in entitled.items() if member.seat.kind == "chair"), None)
    return voting.decision(cast.values(), casting=cast.get(chair) if chair else None)


@transaction.atomic
def close(session, *, by, minutes="", at=None):
    """End the session once every file that could be decided was; the rest waits for the next one."""
    demand_running(by, session.committee.call)
    drafted = Ruling.objects.filter(session=session, state=RulingState.DRAFTED)
    if drafted.exists():
        raise CannotClose(_("There are rulings drafted and not issued: issue them first."))
    at = acts.moment(at)
    acts.perform(states.CLOSE_SESSION, session, by=by, at=at, closed_at=at, minutes=minutes.strip())
    renderings.request("session_minutes", session.folio, by=by, at=at)
    return session
