"""Reads: where the evaluation of a call stands; the ranking and what follows from it."""

from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from accounts.dates import moment_in_words
from calls.models import Application, Barred
from calls.states import ApplicationState
from evaluations import ranking
from evaluations.models import Assignment, Divergence, Review, Ruling
from evaluations.states import ReviewState, RulingState
from programs.models import Budget, Criterion, CriterionLevel, ScoringRule

IN_PLAY = (
    ApplicationState.ADMITTED,
    ApplicationState.AWARDED,
    ApplicationState.RESERVE,
    ApplicationState.NOT_AWARDED,
    ApplicationState.FORMALIZED,
    ApplicationState.RENOUNCED,
)
AT_THE_DESK = (ApplicationState.SUBMITTED, ApplicationState.PREVENTED, ApplicationState.CORRECTED)


def in_play(call):
    """The applications that were admitted: those that are scored and ruled on."""
    return Application.objects.filter(call=call, state__in=IN_PLAY)


def at_the_desk(call):
    """Applications still under the agency's documentary review: until none is left, nothing is released."""
    return Application.objects.filter(call=call, state__in=AT_THE_DESK)


def published(call, name, read):
    """Rows of the publication, read once for each call at hand: the database never lets them change."""
    kept = call.__dict__.setdefault("_published_rows", {})
    if name not in kept:
        kept[name] = read()
    return kept[name]


def criteria_of(call):
    found = Criterion.objects.of_publication(call.publication_id)
    return published(call, "criteria", lambda: list(found))


def levels_of(call):
    """The levels of each criterion, by its key, from the least to the most points."""
    return published(call, "levels", lambda: _levels(call))


def _levels(call):
    levels = {}
    for level in CriterionLevel.objects.of_publication(call.publication_id).order_by("points", "position"):
        levels.setdefault(level.criterion_key, []).append(level)
    return levels


def scoring_rule(call):
    found = ScoringRule.objects.of_publication(call.publication_id)
    return published(call, "scoring_rule", found.first)


def evaluators_wanted(call):
    rule = scoring_rule(call)
    return rule.evaluators if rule else 1


def budget_of(call):
    """The money of the call: its own, or what the Rules authorise without operating expenses."""
    if call.budget is not None:
        return call.budget
    budget = published(call, "budget", Budget.objects.of_publication(call.publication_id).first)
    return budget.authorized - budget.operating if budget else Decimal(0)


def committed(call):
    """What the sealed rulings of the call award already."""
    awarded = Ruling.objects.filter(call=call).exclude(state=RulingState.DRAFTED)
    return awarded.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def committed_in_sight(call, reader):
    """The same, or None where one of those rulings is of a file that does not exist for the reader."""
    barred = Exists(Barred.objects.filter(user=reader, application=OuterRef("application")))
    awarded = Ruling.objects.filter(call=call).exclude(state=RulingState.DRAFTED).annotate(is_barred=barred)
    found = awarded.aggregate(total=Sum("amount"), hidden=Count("pk", filter=Q(is_barred=True)))
    return None if found["hidden"] else found["total"] or Decimal(0)


def progress(call):
    """How many reviews were handed in, of how many given out."""
    return Review.objects.of_call(call).aggregate(
        given=Count("pk", filter=Q(assignment__withdrawn_at=None)),
        done=Count("pk", filter=Q(assignment__withdrawn_at=None, state=ReviewState.HANDED_IN)),
    )


def readers(call):
    """Per application in play: how many evaluators it has and how many handed in."""
    active = Q(assignments__withdrawn_at=None, assignments__isnull=False)
    done = active & Q(assignments__review__state=ReviewState.HANDED_IN)
    return in_play(call).annotate(
        given=Count("assignments", filter=active),
        done=Count("assignments", filter=done),
        by_hand=Count("assignments", filter=active & Q(assignments__draw=None)),
        awaits_third=Exists(Divergence.objects.open().filter(application=OuterRef("pk"))),
    )


def lacking(call):
    """The applications that may not be ruled on yet: an evaluator, a review or a third one is lacking."""
    return _lacking(call, readers(call).order_by("folio"))


def _lacking(call, applications):
    wanted = evaluators_wanted(call)
    return [a for a in applications if a.given < wanted or a.done < a.given or a.awaits_third]


def lacks_reviews(call, application):
    """Whether an application may not be ruled on yet, for want of an evaluator or of a review."""
    return bool(_lacking(call, readers(call).filter(pk=application.pk)))


def all_handed_in(call):
    """Whether there are applications to rule on and every review of them is in."""
    applications = list(readers(call))
    return bool(applications) and not _lacking(call, applications)


def places(call):
    """The ranking of the call as it stands: applications with at least one review handed in."""
    return ranking.ranked(_scored(call), tie_break_of(call))


def _scored(call):
    """The applications in play with the totals and points of their reviews, read in one query."""
    file = "assignment__application"
    counted = Review.objects.of_call(call).counted().filter(**{f"{file}__state__in": IN_PLAY})
    rows = counted.order_by(f"-{file}__submitted_at", f"-{file}", "pk").values_list(
        file, f"{file}__submitted_at", f"{file}__requested_amount", f"{file}__folio",
        "assignment__evaluator", "total", "scores__criterion__key", "scores__points",
    )  # fmt: skip
    files, totals, points = {}, {}, {}
    for application, received_at, requested, folio, reader, total, criterion, given in rows:
        files[application] = received_at, requested, folio
        totals.setdefault(application, {})[reader] = total
        if criterion is not None:
            points.setdefault(application, {}).setdefault(criterion, []).append(given)
    return [
        ranking.Scored(
            key=key,
            totals=tuple(totals[key].values()),
            points=points.get(key, {}),
            received_at=received_at,
            requested=requested,
            folio=folio,
            readers=tuple(totals[key]),
        )
        for key, (received_at, requested, folio) in files.items()
    ]


def tie_break_of(call):
    """The keys of the criteria that break ties, in the order of the Rules."""
    criteria = [c for c in criteria_of(call) if c.tie_break]
    return tuple(c.key for c in sorted(criteria, key=lambda c: c.tie_break))


def proposals(call, ranked=None):
    """What ranking, pass mark and budget give, by application number. ``ranked``: the places, if read."""
    rule, ranked = scoring_rule(call), places(call) if ranked is None else ranked
    found = ranking.proposals(ranked, pass_mark=rule.pass_mark if rule else 0, budget=budget_of(call))
    return {proposal.place.scored.key: proposal for proposal in found}


def tie_in_words(place, names):
    """How a tie was broken, in a sentence; empty where there was none. ``names`` are the criteria's."""
    tie = place.tie
    if tie is None:
        return ""
    if tie.broken_by == ranking.EARLIER:
        return _(
            "Same total as the next one, also in the criteria that break ties: received earlier, %(at)s."
        ) % {"at": moment_in_words(tie.first)}
    if tie.broken_by == ranking.FOLIO:
        return _("Same total as the next one, received at the same instant: the lower folio goes first.")
    return _(
        "Same total as the next one; goes first by “%(criterion)s”: %(first)s against %(second)s points."
    ) % {
        "criterion": names.get(tie.broken_by, tie.broken_by),
        "first": tie.first,
        "second": tie.second,
    }


def assigned_pairs(call):
    """Who holds or held which file: nobody gets a file twice."""
    pairs = {}
    for application, evaluator in Assignment.objects.of_call(call).values_list("application", "evaluator"):
        pairs.setdefault(application, set()).add(evaluator)
    return pairs


def scoring_began(call):
    """Whether somebody saved a score of a real file: from then on the way of scoring stays as it is."""
    return Review.objects.of_call(call).exclude(saved_at=None).exists()
