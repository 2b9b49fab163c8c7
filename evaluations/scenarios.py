"""Reads: the files and the rules that a simulation begins with, of a call or of a draft of Rules."""

from dataclasses import dataclass
from decimal import Decimal

from calls.models import Barred, Call
from evaluations import simulation, standing
from evaluations.models import Score
from evaluations.standing import IN_PLAY
from evaluations.states import ReviewState
from programs.models import Budget, Criterion, CriterionLevel, ScoringRule

MOST = 1000
FEW = 40


@dataclass(frozen=True)
class Ground:
    """What a simulation stands on: criteria in order, files, and the rules they were scored under."""

    criteria: list
    files: list
    rules: simulation.Rules


def of_call(call):
    """The handed-in scores of a call under its own Rules, read in one query."""
    return Ground(standing.criteria_of(call), _files(call), rules_of_call(call))


def rules_of_call(call):
    rule = standing.scoring_rule(call)
    return simulation.Rules(
        weights={criterion.key: criterion.weight for criterion in standing.criteria_of(call)},
        pass_mark=rule.pass_mark if rule else 0,
        budget=standing.budget_of(call),
        tie_break=standing.tie_break_of(call),
    )


def _files(call):
    file, review = "review__assignment__application", "review__assignment"
    counted = Score.objects.filter(
        **{f"{file}__call": call, f"{file}__state__in": IN_PLAY, f"{review}__withdrawn_at": None},
        review__state=ReviewState.HANDED_IN,
    )
    rows = counted.order_by().values_list(
        file, f"{file}__folio", f"{file}__submitted_at", f"{file}__requested_amount",
        "review", "criterion__key", "points",
    )  # fmt: skip
    told, marks = {}, {}
    for key, folio, received_at, requested, reader, criterion, points in rows.iterator(chunk_size=5000):
        told[key] = folio, received_at, requested
        marks.setdefault(key, {}).setdefault(reader, {})[criterion] = points
    return [simulation.File(key, *told[key], marks=tuple(marks[key].values())) for key in sorted(told)]


def may_see_all(user, call):
    """Whether no file of the call is hidden from a person: what remains of a budget tells of each of them."""
    return not Barred.objects.filter(user=user, application__call=call).exists()


def past_calls(program):
    """The calls of a program whose results are public, the latest first."""
    released = Call.objects.with_results().filter(publication__edition__program=program)
    return released.with_program().order_by("-released_at", "-pk")


def of_draft(edition, *, seed, count):
    """Made-up files under the criteria that a draft has now."""
    criteria = list(Criterion.objects.of_draft(edition))
    rule = ScoringRule.objects.of_draft(edition).first()
    rules = _rules_of_draft(criteria, rule, Budget.objects.of_draft(edition).first())
    files = simulation.invented(
        _levels(edition, criteria),
        seed=seed, count=count, readers=rule.evaluators if rule else 1, budget=rules.budget,
    )  # fmt: skip
    return Ground(criteria, files if criteria else [], rules)


def _rules_of_draft(criteria, rule, budget):
    breaking = sorted((c for c in criteria if c.tie_break), key=lambda c: c.tie_break)
    return simulation.Rules(
        weights={criterion.key: criterion.weight for criterion in criteria},
        pass_mark=rule.pass_mark if rule else 0,
        budget=budget.authorized - budget.operating if budget else Decimal(0),
        tie_break=tuple(criterion.key for criterion in breaking),
    )


def _levels(edition, criteria):
    """The points of the levels of each criterion; where none is written, all or nothing of its weight."""
    found = {criterion.key: [] for criterion in criteria}
    for level in CriterionLevel.objects.of_draft(edition):
        found.setdefault(level.criterion_key, []).append(level.points)
    return {criterion.key: found[criterion.key] or [0, criterion.weight] for criterion in criteria}


def weights_of_draft(edition):
    """The weights that a draft gives its criteria now, to try on the files of an earlier call."""
    return dict(Criterion.objects.of_draft(edition).values_list("key", "weight"))
