"""Reads: the sample of a call, each evaluator's place beside the others, and how the panel agrees."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from calls.states import BEFORE_RESULTS
from evaluations import agreement, scoring, standing
from evaluations.agreement import Why
from evaluations.models import Calibration, Review, SampleReview, SampleScore, Score

ENOUGH_OTHERS = 2  # with fewer, the mean of the others would be what one person scored


def of_call(call):
    """The sample of a call, or nothing."""
    return Calibration.objects.filter(call=call).select_related("source").first()


def is_open(call):
    """Whether the sample may be scored: until results are released."""
    return call.state in BEFORE_RESULTS


def is_owed(call, user):
    """Whether a person has to hand in the sample before opening a real file of the call."""
    asked = Calibration.objects.filter(call=call, is_required=True)
    done = SampleReview.objects.handed_in().of_call(call).filter(evaluator=user)
    return asked.exists() and not done.exists()


def own_review(calibration, user):
    """What one has of the sample, saved or not."""
    mine = SampleReview.objects.filter(calibration=calibration, evaluator=user).first()
    return mine or SampleReview(calibration=calibration, evaluator=user)


def alias_of(call, user_pk):
    """By what name the panel knows an evaluator: the same all through a call, and no way back from it."""
    digest = salted_hmac("evaluations.panel", f"{call.pk}:{user_pk}", algorithm="sha256").hexdigest()
    return digest[:6].upper()


# One's own place --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A criterion, the points that one gave to the sample and the mean of the others, who are nobody."""

    criterion: object
    mine: int
    others: Decimal

    @property
    def difference(self):
        return scoring.rounded(self.mine - self.others)


def own_place(calibration, review):
    """One's place among the others, criterion by criterion; nothing before one's own hand-in.

    Nothing either while fewer than two others handed theirs in: the mean of one would be that person's.
    """
    if review.is_editable:
        return []
    points = _sample_points(calibration)
    mine = points.pop(review.evaluator_id)
    if len(points) < ENOUGH_OTHERS:
        return []
    return [
        Place(criterion, mine[criterion.pk], scoring.mean([given[criterion.pk] for given in points.values()]))
        for criterion in standing.criteria_of(calibration.call)
    ]


def _sample_points(calibration):
    """What was handed in of the sample: evaluator -> criterion -> points."""
    rows = SampleScore.objects.filter(review__in=calibration.reviews.handed_in())
    found = {}
    for evaluator, criterion, points in rows.values_list("review__evaluator", "criterion", "points"):
        found.setdefault(evaluator, {})[criterion] = points
    return found


# The panel --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OfCriterion:
    """How the sample was scored in a criterion: how many gave each level, and how far they are apart."""

    criterion: object
    rows: list
    spread: int


@dataclass(frozen=True)
class Member:
    """An evaluator of the panel, by alias: how far from the others, below zero harsher."""

    alias: str
    total: Decimal | None = None
    sample: Decimal | None = None
    real: Decimal | None = None
    drift: Decimal | None = None


def sample_panel(calibration):
    """What those who coordinate see of the sample: its criteria, and agreement over all of them together."""
    points = _sample_points(calibration)
    criteria = standing.criteria_of(calibration.call)
    shares = [
        {person: given[criterion.pk] / (criterion.weight or 1) for person, given in points.items()}
        for criterion in criteria
    ]
    return {
        "handed_in": len(points),
        "criteria": [_of_criterion(calibration.call, criterion, points) for criterion in criteria],
        "agreement": in_words(agreement.agreement(shares)),
        "totals": {person: scoring.total(given.values()) for person, given in points.items()},
    }


def _of_criterion(call, criterion, points):
    given = [row[criterion.pk] for row in points.values()]
    rows = [
        {"label": f"{level.label} ({level.points})", "value": given.count(level.points)}
        for level in standing.levels_of(call).get(criterion.key, [])
    ]
    return OfCriterion(criterion, rows, max(given) - min(given) if given else 0)


def real_panel(call, reader):
    """Agreement over the real files, once every review is in; files that ``reader`` is barred from left out.

    Nothing before: it would tell those who still score how the others do.
    """
    if not standing.all_handed_in(call):
        return None
    totals, points = _real_totals(call, reader), _real_points(call, reader)
    return {
        "agreement": [
            (criterion, in_words(agreement.agreement(points.get(criterion.pk, {}).values())))
            for criterion in standing.criteria_of(call)
        ],
        "differences": agreement.differences(totals),
    }


def _counted(call, reader):
    return Review.objects.of_call(call).counted().exclude(assignment__application__barred__user=reader)


def _real_totals(call, reader):
    """The totals of each file, evaluator by evaluator, in the order in which the files were finished."""
    rows = _counted(call, reader).order_by("handed_in_at", "pk")
    found = {}
    for file, evaluator, total in rows.values_list(
        "assignment__application", "assignment__evaluator", "total"
    ):
        found.setdefault(file, {})[evaluator] = total
    return list(found.values())


def _real_points(call, reader):
    """The points of each criterion: criterion -> file -> evaluator -> points."""
    rows = Score.objects.filter(review__in=_counted(call, reader)).order_by("pk")
    file, person = "review__assignment__application", "review__assignment__evaluator"
    found = {}
    for criterion, application, evaluator, points in rows.values_list("criterion", file, person, "points"):
        found.setdefault(criterion, {}).setdefault(application, {})[evaluator] = points
    return found


def members(call, sample, real):
    """Everybody who handed in something, by alias and in its order, which tells nothing."""
    totals = sample["totals"] if sample else {}
    in_sample = agreement.differences([totals]) if totals else {}
    in_real = real["differences"] if real else {}
    found = [
        Member(
            alias=alias_of(call, person),
            total=totals.get(person),
            sample=agreement.harshness(in_sample.get(person, [])),
            real=agreement.harshness(in_real.get(person, [])),
            drift=agreement.drift(in_real.get(person, [])),
        )
        for person in {*totals, *in_real}
    ]
    return sorted(found, key=lambda member: member.alias)


def in_words(found):
    """Agreement in a sentence, with its number; or why there is none."""
    if found.why is not None:
        return _reasons()[found.why]
    return _("%(alpha)s: %(words)s") % {"alpha": found.alpha, "words": _strength(found.alpha)}


def _reasons():
    return {
        Why.FEW: _("No measure: fewer than two people scored the same."),
        Why.SINGLE: _("No measure: with a single thing scored, agreement cannot be told from chance."),
        Why.SAME: _("No measure: everybody gave the same level, so there is nothing to tell from chance."),
    }


def _strength(alpha):
    """The usual bounds of Krippendorff: 0.800 to rely on, 0.667 to conclude with caution."""
    if alpha >= Decimal("0.80"):
        return _("good agreement")
    if alpha >= Decimal("0.67"):
        return _("fair agreement, to be read with caution")
    return _("low agreement")
