"""Reads: how an evaluator scored so far, from what they handed in and nothing of anybody else."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from evaluations import scoring, standing
from evaluations.models import Assignment, Score
from evaluations.states import ReviewState


@dataclass(frozen=True)
class Own:
    """The files that one handed in, with their totals, and how often one gave each level."""

    files: list
    criteria: list

    @property
    def totals(self):
        return [one.review.total for one in self.files]

    @property
    def mean(self) -> Decimal:
        return scoring.mean(self.totals)


def of(call, user):
    """The distribution of one's own scores in a call."""
    mine = Assignment.objects.visible_to(user).of_call(call).filter(review__state=ReviewState.HANDED_IN)
    files = list(mine.select_related("review").order_by("-review__total", "alias"))
    given = Score.objects.filter(review__in=[one.review.pk for one in files]).values("level")
    counts = dict(given.annotate(times=Count("pk")).values_list("level", "times"))
    return Own(files, [_levels(call, criterion, counts) for criterion in standing.criteria_of(call)])


def _levels(call, criterion, counts):
    levels = standing.levels_of(call).get(criterion.key, [])
    rows = [{"label": f"{one.label} ({one.points})", "value": counts.get(one.pk, 0)} for one in levels]
    return {"criterion": criterion, "rows": rows}
