"""What must hold of rulings: who decided them and how, what they award, what the results say of them."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Role
from calls.models import Application, Barred, Call
from calls.states import GRANTED, ApplicationState
from evaluations import scoring, voting
from evaluations.invariants.people import held_by
from evaluations.models import AgendaItem, Outcome, Review, Ruling, Vote
from evaluations.standing import IN_PLAY
from evaluations.states import ReviewState, RulingState, SessionState
from jobs.soundness import CHUNK, invariant
from programs.models import Budget

MONEY = DecimalField(max_digits=16, decimal_places=2)
# What an application may have become of each outcome: an award may be renounced, a reserve promoted
BECAME = {
    Outcome.AWARD: (*GRANTED, ApplicationState.RENOUNCED),
    Outcome.RESERVE: (ApplicationState.RESERVE,),
    Outcome.NOT_AWARDED: (ApplicationState.NOT_AWARDED,),
}


def rulings():
    return Ruling.objects.order_by()


def settled():
    """Those that the chair signed."""
    return rulings().settled()


@invariant
def results_are_what_was_ruled():
    """Of a released ruling, the application stands as it says; one of the reserve list may be promoted."""
    right = Q(outcome=Outcome.RESERVE, promotion__isnull=False, application__state__in=BECAME[Outcome.AWARD])
    for outcome, became in BECAME.items():
        right |= Q(outcome=outcome, promotion=None, application__state__in=became)
    return rulings().released().exclude(right)


@invariant
def results_award_what_was_ruled():
    """An application was awarded the amount of its ruling, or that of its promotion."""
    ruled = Coalesce(F("promotion__amount"), F("amount"))
    found = rulings().released().annotate(ruled=ruled).filter(ruled__isnull=False)
    return found.filter(~Q(application__awarded_amount=F("ruled")) | Q(application__awarded_amount=None))


@invariant
def results_are_released_together():
    """The rulings of a call are all released once its results are public, and none before."""
    has_results = Q(call__released_at__isnull=False)
    is_released = Q(state=RulingState.RELEASED)
    return rulings().filter((has_results & ~is_released) | (~has_results & is_released))


@invariant
def results_leave_nobody_without_ruling():
    """Every application that was evaluated in a call with results has its ruling, and no other has one."""
    ruled = Exists(Ruling.objects.filter(application=OuterRef("pk")))
    with_results = Application.objects.order_by().filter(call__released_at__isnull=False)
    is_in_play = Q(state__in=IN_PLAY)
    return with_results.filter((is_in_play & ~Q(ruled)) | (~is_in_play & Q(ruled)))


@invariant
def rulings_are_of_one_call():
    """A ruling, its application and its session are of the same call, and the file was on the agenda."""
    listed = AgendaItem.objects.filter(session=OuterRef("session"), application=OuterRef("application"))
    one_call = Q(application__call=F("call"), session__committee__call=F("call"))
    return rulings().filter(~one_call | ~Exists(listed))


@invariant
def rulings_are_signed_in_session():
    """A ruling is signed while its session is open."""
    early = Q(decided_at__lt=F("session__opened_at")) | Q(session__state=SessionState.CONVENED)
    return settled().filter(early | Q(decided_at__gt=F("session__closed_at")))


@invariant
def rulings_are_signed_by_the_chair():
    """A ruling is signed by whoever chaired the committee then."""
    return settled().filter(~held_by("decided_by", "session__committee__body", "decided_at", Role.CHAIR))


@invariant
def rulings_are_signed_by_nobody_recused():
    """A ruling is signed by nobody who was barred from its application by then."""
    barred = Barred.objects.filter(
        user=OuterRef("decided_by"), application=OuterRef("application"), since__lte=OuterRef("decided_at")
    )
    return settled().filter(Exists(barred))


def votes_on():
    """The votes on the file of a ruling in its session."""
    return Vote.objects.order_by().filter(
        item__session=OuterRef("session"), item__application=OuterRef("application")
    )


@invariant
def rulings_were_voted_by_a_quorum():
    """As many as the quorum voted on every file that was ruled on, abstentions included."""
    votes = votes_on().values("item__session").annotate(n=Count("pk")).values("n")
    found = settled().annotate(votes=Coalesce(Subquery(votes), 0))
    return found.filter(votes__lt=F("session__quorum"))


@invariant
def rulings_say_what_was_voted():
    """A ruling says what the committee voted; the chair breaks a tie."""
    barred = Barred.objects.filter(
        user=OuterRef("member__user"), application=OuterRef("item__application"),
        since__lte=OuterRef("item__application__ruling__decided_at"),
    )  # fmt: skip
    counted = Vote.objects.filter(
        ~Exists(barred),
        item__session=F("item__application__ruling__session"),
        item__application__ruling__decided_at__isnull=False,
    ).annotate(ruling=F("item__application__ruling"), said=F("item__application__ruling__outcome"))
    in_order = counted.select_related("member__seat").order_by("ruling", "pk").iterator(CHUNK)
    for ruling, votes in groupby(in_order, key=attrgetter("ruling")):
        cast = list(votes)
        chair = next((vote.choice for vote in cast if vote.member.seat.kind == Role.CHAIR), None)
        if voting.decision([vote.choice for vote in cast], casting=chair) != cast[0].said:
            yield Ruling.objects.get(pk=ruling)


@invariant
def rulings_have_the_mean_of_their_reviews():
    """The total of a ruling is the mean of the reviews that counted when it was signed."""
    in_order = (
        Review.objects.filter(
            Q(assignment__withdrawn_at=None)
            | Q(assignment__withdrawn_at__gt=F("assignment__application__ruling__decided_at")),
            state=ReviewState.HANDED_IN,
            assignment__application__ruling__decided_at__isnull=False,
        )
        .annotate(
            ruling=F("assignment__application__ruling"),
            ruled=F("assignment__application__ruling__total"),
        )
        .order_by("ruling", "pk")
    )
    for ruling, reviews in groupby(in_order.iterator(CHUNK), key=attrgetter("ruling")):
        read = list(reviews)
        if scoring.mean([review.total for review in read]) != read[0].ruled:
            yield Ruling.objects.get(pk=ruling)


@invariant
def ruled_files_have_no_review_waiting():
    """No review is waited for of a file that was ruled on."""
    waiting = Review.objects.pending().filter(assignment__application=OuterRef("application"))
    return settled().filter(Exists(waiting))


@invariant
def awards_say_why_they_are_less():
    """An award of less than was asked for says why."""
    return settled().filter(amount__lt=F("application__requested_amount"), amount_reason="")


@invariant
def rulings_award_at_most_what_was_asked():
    """A ruling awards at most what the application asked for."""
    return rulings().filter(amount__gt=F("application__requested_amount"))


def _budget():
    """The money of a call: its own, or what the Rules authorise without operating expenses."""
    rules = Budget.objects.order_by().filter(publication=OuterRef("publication"))
    left = Subquery(rules.values(left=F("authorized") - F("operating"))[:1])
    return Coalesce(F("budget"), left, 0, output_field=MONEY)


def _beyond(amounts, name):
    """The calls whose ``amounts`` add up to more than their budget."""
    own = amounts.order_by().filter(call=OuterRef("pk")).values("call")
    total = Coalesce(Subquery(own.annotate(total=Sum(name)).values("total")), 0, output_field=MONEY)
    return Call.objects.order_by().annotate(money=_budget(), total=total).filter(total__gt=F("money"))


@invariant
def rulings_award_within_the_budget():
    """What the signed rulings of a call award adds up to no more than its budget."""
    return _beyond(Ruling.objects.settled(), "amount")


@invariant
def awards_are_within_the_budget():
    """What the organizations awarded in a call have adds up to no more than its budget, at any time."""
    return _beyond(Application.objects.filter(state__in=GRANTED), "awarded_amount")
