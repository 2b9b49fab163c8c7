"""Who else may come to a session, and the files that the recusals leave without quorum."""

from evaluations import quorum
from evaluations.actions import arrivals, sessions
from evaluations.forms import ArrivalForm


def of(session, members, *, runs, arrival_form=None):
    """For who runs the session; nothing of it for anybody else."""
    if not runs:
        return {"arrival_form": None, "short_of_quorum": 0}
    deciding = sessions.present_members(session) if session.opened_at else members
    return {
        "arrival_form": arrival_form or _arrivals(session),
        "short_of_quorum": quorum.short(session, deciding),
    }


def _arrivals(session):
    """None when there is nobody to let in."""
    absent = list(arrivals.absent(session)) if session.is_open else []
    return ArrivalForm(members=absent) if absent else None
