from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.draft_checks.base import Found, check
from programs.models import CommitteeSeat, ScoringRule


@check(
    "committee",
    title=_("The committee has one chair, members with a vote, and a quorum that they can reach"),
    help=_("Good practice GP-03: who sits in it, how each was chosen, with which powers."),
    component="process",
)
def committee(contents):
    seats, rule = contents.rows(CommitteeSeat), contents.single(ScoringRule)
    chairs = [seat for seat in seats if seat.kind == CommitteeSeat.Kind.CHAIR]
    votes = sum(seat.has_vote for seat in seats)
    if not seats:
        yield Found(gettext("The committee has no seats yet. Add them."), block="committee_seats")
        return
    if len(chairs) != 1:
        message = gettext("The committee has %(count)d chairs. It must have one.") % {"count": len(chairs)}
        yield Found(message, block="committee_seats", field="kind")
    if not votes:
        yield Found(
            gettext("No seat of the committee has a vote."), block="committee_seats", field="has_vote"
        )
    elif rule and not 1 <= rule.quorum <= votes:
        message = gettext("The quorum is %(quorum)d and %(votes)d seats have a vote.")
        said = message % {"quorum": rule.quorum, "votes": votes}
        yield Found(
            said, block="criteria", key=rule.key, field="quorum", component=contents.home_of("criteria")
        )
