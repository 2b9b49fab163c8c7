"""What must hold of committees, evaluators and their conflicts of interest: who may not be where."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import BodyKind, Membership, Role
from calls.models import Application, Barred, ReadingRight
from calls.states import ApplicationState
from evaluations import drawing
from evaluations.models import (
    Assignment,
    Committee,
    CommitteeMember,
    ConflictDeclaration,
    DetectedTie,
    Draw,
    Review,
    Ruling,
)
from evaluations.rules import MUST_NOT_SCORE
from evaluations.standing import IN_PLAY
from evaluations.states import DrawState, ReviewState
from jobs.soundness import CHUNK, invariant, out_of_sequence


def assignments():
    return Assignment.objects.order_by()


def held_by(user, body, at, *roles):
    """A role that a person held in a body at a moment, each named as seen from outside."""
    return Exists(
        Membership.objects.filter(
            Q(until=None) | Q(until__gt=OuterRef(at)),
            user=OuterRef(user), body=OuterRef(body), role__in=roles, since__lte=OuterRef(at),
        )
    )  # fmt: skip


@invariant
def committees_are_committees():
    """The body of a ruling committee is one of the kind *committee*."""
    return Committee.objects.order_by().exclude(body__kind=BodyKind.COMMITTEE)


@invariant
def seats_are_of_the_rules_of_the_call():
    """The seats of a committee are those of the Rules of its call."""
    members = CommitteeMember.objects.order_by()
    return members.exclude(seat__publication=F("committee__call__publication"))


@invariant
def members_were_given_their_role():
    """Whoever sits in a committee was given the role of the seat in it."""
    given = Membership.objects.filter(
        user=OuterRef("user"), body=OuterRef("committee__body"), role=OuterRef("seat__kind")
    )
    return CommitteeMember.objects.order_by().filter(~Exists(given))


@invariant
def chairs_and_secretaries_score_nothing():
    """Whoever chairs a committee or keeps its minutes is not in its pool of evaluators at the same time."""
    both = Membership.objects.filter(
        user=OuterRef("user"), body=OuterRef("body"), role=Role.EVALUATOR, until=None
    )
    seats = Membership.objects.filter(role__in=(Role.CHAIR, Role.SECRETARY), until=None)
    return seats.filter(Exists(both))


@invariant
def the_desk_scores_nothing():
    """Nobody who worked at the desk of the agency handed in a review of an application to its call."""
    body = "assignment__application__call__publication__edition__program__agency__body"
    at_the_desk = held_by("assignment__evaluator", body, "handed_in_at", *MUST_NOT_SCORE)
    return Review.objects.order_by().filter(at_the_desk, state=ReviewState.HANDED_IN)


@invariant
def nobody_scores_their_own_organization():
    """Nobody who acted for an organization was given a file of it."""
    acting = Membership.objects.filter(
        user=OuterRef("evaluator"), body=OuterRef("application__organization__body"),
        since__lte=OuterRef("assigned_at"),
    )  # fmt: skip
    return assignments().filter(Exists(acting))


@invariant
def nobody_scores_what_they_are_barred_from():
    """Whoever is barred from an application has no file of it; if it was ruled on before, the scores stay."""
    ruled = Ruling.objects.settled().filter(
        application=OuterRef("application"), decided_at__lte=OuterRef("since")
    )
    barred = Barred.objects.filter(
        ~Exists(ruled), user=OuterRef("evaluator"), application=OuterRef("application")
    )
    return assignments().active().filter(Exists(barred))


@invariant
def files_go_to_those_who_declared():
    """A file is given only to whoever had declared their conflicts of interest in that call."""
    declared = ConflictDeclaration.objects.filter(
        user=OuterRef("evaluator"), call=OuterRef("application__call"), organization=None,
        at__lte=OuterRef("assigned_at"),
    )  # fmt: skip
    return assignments().filter(~Exists(declared))


@invariant
def files_are_of_admitted_applications():
    """Only applications that were admitted are given out to be scored."""
    return assignments().exclude(application__state__in=IN_PLAY)


@invariant
def evaluators_read_what_they_hold():
    """Whoever may read an application as its evaluator holds its file."""
    file = Assignment.objects.active().filter(evaluator=OuterRef("user"), application=OuterRef("application"))
    rights = ReadingRight.objects.filter(kind=ReadingRight.Kind.EVALUATOR, until=None)
    return Application.objects.order_by().filter(pk__in=rights.filter(~Exists(file)).values("application"))


@invariant
def declared_ties_bar():
    """Whoever declared a tie with an organization is barred from its applications to that call."""
    barred = Barred.objects.filter(user=OuterRef("user"), application=OuterRef(OuterRef("pk")))
    unbarred = ConflictDeclaration.objects.filter(
        ~Exists(barred), call=OuterRef("call"), organization=OuterRef("organization")
    )
    handed_in = Application.objects.order_by().exclude(state=ApplicationState.DRAFT)
    return handed_in.filter(Exists(unbarred))


@invariant
def detected_ties_are_declared():
    """A tie that was found in the data and not denied is declared."""
    declared = ConflictDeclaration.objects.filter(
        call=OuterRef("call"), user=OuterRef("user"), organization=OuterRef("organization")
    )
    found = DetectedTie.objects.order_by().exclude(answer=DetectedTie.Answer.NO_TIE)
    return found.filter(~Exists(declared))


@invariant
def draws_are_numbered_without_holes():
    """The draws of a call are numbered from one, without holes."""
    return out_of_sequence(Draw.objects.all(), "call")


@invariant
def draws_keep_what_they_committed_to():
    """The seed, the salt and the instance of a draw have the hashes that were told of them."""
    for draw in Draw.objects.order_by().select_related("call").iterator(CHUNK):
        told = [(draw.seed, draw.seed_sha256), (draw.salt, draw.salt_sha256)]
        if draw.is_drawn:
            told.append((draw.instance, draw.instance_sha256))
        if any(drawing.digest(text) != sha256 for text, sha256 in told):
            yield draw


@invariant
def draws_gave_what_they_say():
    """A draw gave as many files as it says, and none before it was drawn."""
    given = Assignment.objects.order_by().filter(draw=OuterRef("pk")).values("draw")
    count = Coalesce(Subquery(given.annotate(n=Count("pk")).values("n")), 0)
    found = Draw.objects.order_by().annotate(gave=count)
    is_drawn = Q(state=DrawState.DRAWN)
    return found.filter((is_drawn & ~Q(gave=F("given"))) | (~is_drawn & Q(gave__gt=0)))


@invariant
def draws_are_bound_before_they_are_drawn():
    """A draw was committed before it was drawn."""
    return Draw.objects.order_by().filter(drawn_at__lt=F("committed_at"))
