"""What must hold of the sessions of a committee: its quorum, who came, who voted on what."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from calls.models import Barred
from evaluations.models import AgendaItem, Attendance, ConflictDeclaration, Ruling, Session, Vote
from evaluations.states import RulingState, SessionState
from jobs.soundness import invariant, out_of_sequence


def sessions():
    return Session.objects.order_by()


def of_votes(votes):
    """The sessions in which there are such votes: of a vote nothing more is told."""
    return sessions().filter(pk__in=votes.order_by().values("item__session"))


@invariant
def sessions_are_numbered_without_holes():
    """The sessions of a committee are numbered from one, without holes."""
    return out_of_sequence(Session.objects.all(), "committee")


@invariant
def agendas_are_ordered_without_holes():
    """The files of an agenda are ordered from one on, without holes."""
    return out_of_sequence(AgendaItem.objects.all(), "session", number="position")


@invariant
def agendas_are_of_the_call():
    """A committee decides only applications of its own call."""
    return AgendaItem.objects.order_by().exclude(application__call=F("session__committee__call"))


@invariant
def sessions_run_in_order():
    """A session is opened after it was convened and closed after it was opened."""
    return sessions().filter(Q(opened_at__lt=F("convened_at")) | Q(closed_at__lt=F("opened_at")))


@invariant
def sessions_open_with_quorum():
    """A session that was opened had the quorum: so many seats with a vote were present."""
    here = Attendance.objects.order_by().filter(
        session=OuterRef("pk"), present=True, member__seat__has_vote=True
    )
    seats = here.values("session").annotate(n=Count("member__seat", distinct=True)).values("n")
    found = sessions().annotate(seats=Coalesce(Subquery(seats), 0))
    return found.exclude(state=SessionState.CONVENED).filter(seats__lt=F("quorum"))


@invariant
def those_present_had_declared():
    """Whoever was present in a session had declared their conflicts of interest before."""
    declared = ConflictDeclaration.objects.filter(
        call=OuterRef("session__committee__call"), user=OuterRef("member__user"), organization=None,
        at__lte=OuterRef("at"),
    )  # fmt: skip
    silent = Attendance.objects.order_by().filter(~Exists(declared), present=True)
    return sessions().filter(pk__in=silent.values("session"))


@invariant
def those_present_are_of_the_committee():
    """Attendance is of members of the committee that meets."""
    return Attendance.objects.order_by().exclude(member__committee=F("session__committee"))


@invariant
def votes_are_of_those_present():
    """Only members with a vote who were present in the session voted in it."""
    here = Attendance.objects.filter(
        session=OuterRef("item__session"), member=OuterRef("member"), present=True
    )
    return of_votes(Vote.objects.filter(~Exists(here) | Q(member__seat__has_vote=False)))


@invariant
def the_recused_do_not_vote():
    """Nobody voted on a file from which they were barred by then."""
    barred = Barred.objects.filter(
        user=OuterRef("member__user"), application=OuterRef("item__application"), since__lte=OuterRef("at")
    )
    return of_votes(Vote.objects.filter(Exists(barred)))


@invariant
def votes_are_cast_in_session():
    """Votes are cast once the session is opened and before it is closed."""
    early, late = Q(at__lt=F("item__session__opened_at")), Q(at__gt=F("item__session__closed_at"))
    return of_votes(Vote.objects.filter(early | late | Q(item__session__opened_at=None)))


@invariant
def closed_sessions_leave_no_draft():
    """A session that was closed leaves no ruling drafted and not issued."""
    drafted = Ruling.objects.filter(session=OuterRef("pk"), state=RulingState.DRAFTED)
    return sessions().filter(Exists(drafted), state=SessionState.CLOSED)
