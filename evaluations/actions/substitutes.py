"""A member with a vote who is recused from a file is stood in for: the substitute of the seat is called."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.notices import notify, notify_all
from calls.models import Application
from evaluations import notices
from evaluations.models import CommitteeMember


def call_in_place_of(user, call, organizations, *, at):
    """Tell the substitutes of the seats with a vote that ``user`` holds; or who appoints, if there is none.

    Neither notice says which organization or file: the substitute declares first, as everybody does.
    """
    members = CommitteeMember.objects.current(at=at).voting().filter(committee__call=call)
    held = list(members.filter(user=user, is_substitute=False).select_related("seat"))
    if not held:
        return
    number = Application.objects.filter(call=call, organization__in=organizations).count()
    standing_in = {one.seat_id: one.user for one in members.filter(is_substitute=True).select_related("user")}
    for member in held:
        if substitute := standing_in.get(member.seat_id):
            _called(substitute, member.seat, call, number, at)
        else:
            _lacking(member.seat, call, at)


def _called(user, seat, call, number, at):
    notify(
        user,
        kind="committee.call_substitute",
        subject=lambda: _("You are called as substitute in %(call)s") % {"call": call.folio},
        body=lambda: (
            ngettext(
                "The holder of the seat “%(seat)s” was recused from %(count)d file, in which the vote is "
                "yours. Declare your conflicts of interest and attend the session.",
                "The holder of the seat “%(seat)s” was recused from %(count)d files, in which the vote is "
                "yours. Declare your conflicts of interest and attend the session.",
                number,
            )
            % {"seat": seat.name, "count": number}
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/declaracion/",
        at=at,
    )


def _lacking(seat, call, at):
    notify_all(
        notices.coordinators(call),
        kind="committee.no_substitute",
        subject=lambda: _("A seat of the committee of %(call)s has no substitute") % {"call": call.folio},
        body=lambda: (
            _(
                "Who holds the seat “%(seat)s” was recused from a file. Appoint a substitute, so that the "
                "quorum of that file does not depend on the rest."
            )
            % {"seat": seat.name}
        ),
        link=f"/evaluacion/convocatoria/{call.folio}/",
        at=at,
    )
