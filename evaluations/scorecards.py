"""Reads: what a released evaluation says of one application, criterion by criterion. Never who said it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Min, Q

from evaluations import scoring, standing
from evaluations.models import Outcome, Ruling, Score


@dataclass(frozen=True)
class Opinion:
    """One evaluation of one criterion: numbered, so that nobody is named."""

    number: int
    label: str
    points: int
    descriptor: str
    justification: str


@dataclass(frozen=True)
class Row:
    """One criterion: points of its weight, level reached, what the next level needs, what each one wrote."""

    key: str
    name: str
    weight: int
    points: Decimal
    reached: object
    following: object
    opinions: list

    @property
    def gain(self):
        """How many points the next level would add to the mean; nothing where there is none above."""
        return self.following.points - self.points if self.following else Decimal(0)


@dataclass(frozen=True)
class Margins:
    """A total beside what decides: the pass mark of the Rules and the lowest total that was awarded."""

    total: Decimal
    pass_mark: int
    cut_off: Decimal | None
    ranked: int

    @property
    def to_pass(self):
        return max(self.pass_mark - self.total, Decimal(0))

    @property
    def to_cut_off(self):
        return max(self.cut_off - self.total, Decimal(0)) if self.cut_off is not None else Decimal(0)


def margins(ruling):
    """How far a released ruling is from the pass mark and from the last one awarded, of how many ranked."""
    rule = standing.scoring_rule(ruling.call)
    found = (
        Ruling.objects.released()
        .filter(call=ruling.call)
        .aggregate(cut_off=Min("total", filter=Q(outcome=Outcome.AWARD)), ranked=Count("pk"))
    )
    cut_off = None if found["cut_off"] is None else scoring.rounded(found["cut_off"])
    return Margins(ruling.total, rule.pass_mark if rule else 0, cut_off, found["ranked"])


def scorecard(application):
    """The rows of the scorecard of an application, in the order of the criteria."""
    scores = _scores(application)
    numbers = {review: n for n, review in enumerate(dict.fromkeys(s.review_id for s in scores), start=1)}
    levels = standing.levels_of(application.call)
    return [
        _row(criterion, levels.get(criterion.key, []), scores, numbers)
        for criterion in standing.criteria_of(application.call)
    ]


def _scores(application):
    """The scores that count, each evaluation in the order of its alias: random, and another for each file."""
    return list(
        Score.objects.filter(
            review__assignment__application=application,
            review__assignment__withdrawn_at=None,
            review__state="handed_in",
        )
        .select_related("level")
        .order_by("review__assignment__alias")
    )


def _row(criterion, levels, scores, numbers):
    given = [score for score in scores if score.criterion_id == criterion.pk]
    points = scoring.mean([score.points for score in given]) if given else scoring.rounded(0)
    reached = max((lev for lev in levels if lev.points <= points), key=lambda lev: lev.points, default=None)
    following = min((lev for lev in levels if lev.points > points), key=lambda lev: lev.points, default=None)
    return Row(
        key=criterion.key,
        name=criterion.name,
        weight=criterion.weight,
        points=points,
        reached=reached,
        following=following,
        opinions=[
            Opinion(numbers[s.review_id], s.level.label, s.points, s.level.descriptor, s.justification)
            for s in given
        ],
    )


def points_by_criterion(call):
    """Per application, the mean points in each criterion, in their order: for the public table."""
    criteria = standing.criteria_of(call)
    return {
        place.scored.key: [place.scored.in_criterion(criterion.key) for criterion in criteria]
        for place in standing.places(call)
    }
