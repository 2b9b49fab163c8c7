"""Reads: in which files of a session the recusals leave fewer votes than the quorum."""

from calls.models import Barred


def short(session, members):
    """How many files of the agenda cannot be decided by ``members``, for those recused from each.

    A seat acts by its holder or, where the holder is recused or absent, by its substitute.
    """
    seats = {}
    for member in members:
        if member.seat.has_vote:
            seats.setdefault(member.seat_id, set()).add(member.user_id)
    return sum(_acting(seats, out) < session.quorum for out in _recused(session, seats).values())


def _acting(seats, recused):
    return sum(bool(people - recused) for people in seats.values())


def _recused(session, seats):
    """Who of these people is barred from each file of the agenda; files that bar none of them left out."""
    people = set().union(*seats.values())
    rows = Barred.objects.filter(user__in=people, application__agenda_items__session=session)
    found = {}
    for file, user in rows.values_list("application", "user"):
        found.setdefault(file, set()).add(user)
    return found
