"""Whether a change of the data weighs more or less on organizations: a table of rules with their reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from programs.models import (
    ApplicationQuestion,
    Budget,
    BudgetRule,
    Contact,
    EligibilityRule,
    FeedbackWindow,
    Milestone,
    ParticipationMechanism,
    PlannedReport,
    Remedy,
    Requirement,
    ScoringRule,
    Side,
    SupportModality,
    TrainingSession,
    Unit,
    VerificationRule,
)

NO_LIMIT = 10**9
WORKING_DAY = 1.4  # a working week of five days lasts seven


class Direction(StrEnum):
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Effect:
    """What a change means for an organization, and why."""

    direction: Direction
    reason: str
    fields: tuple = ()
    is_favour: bool = False

    @property
    def is_more(self):
        return self.direction == Direction.MORE


@dataclass(frozen=True)
class Rule:
    """``load`` says how much a row weighs on organizations; a row that weighs nothing known says None.

    A rule of ``fields`` looks at rows that are in both editions; one without looks at rows that were
    added (the whole load is new) or removed. ``more`` and ``less`` are the reasons, in words. What gives
    less rather than asks more ``is_favour``.
    """

    model: type
    fields: tuple
    load: Callable
    more: object
    less: object
    is_favour: bool = False

    def effect(self, before, after):
        ours, theirs = (None if row is None else self.load(row) for row in (before, after))
        if not self.fields:
            ours, theirs = ours or 0, theirs or 0
        if ours is None or theirs is None or ours == theirs:
            return None
        if theirs > ours:
            return Effect(Direction.MORE, str(self.more), self.fields, self.is_favour)
        return Effect(Direction.LESS, str(self.less), self.fields, self.is_favour)


def effects(model, before, after):
    """Every effect of a changed row; ``before`` is None for a row added, ``after`` for one removed."""
    in_both = before is not None and after is not None
    here = [rule for rule in RULES if rule.model is model and bool(rule.fields) == in_both]
    return [found for rule in here if (found := rule.effect(before, after))]


def _each(points):
    return lambda row: points


def _obligatory(row):
    return 1 if row.is_obligatory else 0


def _ranked(column, *order):
    """A value weighs more than those before it in the order; one that is not there says nothing."""
    return lambda row: next((at for at, held in enumerate(order) if getattr(row, column) in held), None)


def _number(column):
    return lambda row: getattr(row, column)


def _the_less_the_heavier(column, without=None):
    def load(row):
        value = getattr(row, column)
        return without if value is None else -value

    return load


def _term(days, unit):
    """A term in days of the calendar, so that units can be compared."""

    def length(row):
        number = getattr(row, days)
        return number and float(number) * (WORKING_DAY if getattr(row, unit) == Unit.BUSINESS else 1)

    return length


def _negative(length):
    def load(row):
        value = length(row)
        return None if value is None else -value

    return load


def _of_side(sides, length):
    return lambda row: length(row) if row.side in sides else None


MILESTONE_TERM = _term("days", "unit")
RULES = [
    Rule(
        Requirement,
        (),
        _obligatory,
        _("One more document is asked for."),
        _("One document less is asked for."),
    ),
    Rule(
        Requirement,
        ("is_obligatory",),
        _obligatory,
        _("The document was optional and is obligatory now."),
        _("The document was obligatory and is optional now."),
    ),
    Rule(
        Requirement,
        ("form",),
        _ranked("form", ("copy",), ("original",), ("both",)),
        _("An original is asked for where a copy was enough, or both are."),
        _("A copy is enough where the original was asked for."),
    ),
    Rule(
        Requirement,
        ("delivery",),
        _ranked("delivery", ("electronic", "both"), ("physical",)),
        _("It can no longer be delivered electronically: it takes a visit."),
        _("It can be delivered electronically: a visit less."),
    ),
    Rule(
        Requirement,
        ("signature",),
        _ranked("signature", ("none",), ("signature",), ("initials",)),
        _("It must be signed or initialled where it was not."),
        _("Fewer signatures are asked for."),
    ),
    Rule(
        Requirement,
        ("quantity",),
        _number("quantity"),
        _("More copies are asked for."),
        _("Fewer copies are asked for."),
    ),
    Rule(
        Requirement,
        ("valid_days",),
        _the_less_the_heavier("valid_days", without=-NO_LIMIT),
        _("It must have been issued more recently."),
        _("It may have been issued earlier."),
    ),
    Rule(
        Requirement,
        ("trips",),
        _number("trips"),
        _("It takes more visits to obtain it."),
        _("It takes fewer visits to obtain it."),
    ),
    Rule(Requirement, ("hours",), _number("hours"), _("It takes more hours."), _("It takes fewer hours.")),
    Rule(EligibilityRule, (), _each(1), _("One more condition to apply."), _("One condition less to apply.")),
    Rule(
        ApplicationQuestion,
        (),
        _obligatory,
        _("One more question must be answered."),
        _("One question less must be answered."),
    ),
    Rule(
        ApplicationQuestion,
        ("is_obligatory",),
        _obligatory,
        _("The question was optional and is obligatory now."),
        _("The question was obligatory and is optional now."),
    ),
    Rule(
        BudgetRule,
        ("is_allowed",),
        lambda row: 0 if row.is_allowed else 1,
        _("The expense can no longer be charged to the support."),
        _("The expense can be charged to the support now."),
    ),
    Rule(
        BudgetRule,
        (),
        lambda row: 0 if row.is_allowed else 1,
        _("One more expense that cannot be charged to the support."),
        _("One forbidden expense less."),
    ),
    Rule(
        BudgetRule,
        ("maximum_share",),
        _the_less_the_heavier("maximum_share", without=-NO_LIMIT),
        _("A smaller share of the support may go to this expense."),
        _("A greater share of the support may go to this expense."),
    ),
    Rule(
        BudgetRule,
        ("maximum",),
        _the_less_the_heavier("maximum", without=-NO_LIMIT),
        _("Less money may go to this expense."),
        _("More money may go to this expense."),
    ),
    Rule(
        SupportModality,
        (),
        _each(-1),
        _("A modality of support is gone."),
        _("There is one more modality of support."),
        is_favour=True,
    ),
    Rule(
        SupportModality,
        ("maximum",),
        _the_less_the_heavier("maximum"),
        _("The greatest support is smaller."),
        _("The greatest support is larger."),
        is_favour=True,
    ),
    Rule(
        SupportModality,
        ("minimum",),
        _number("minimum"),
        _("Smaller projects are left out."),
        _("Smaller projects can take part."),
        is_favour=True,
    ),
    Rule(
        SupportModality,
        ("ceiling",),
        _the_less_the_heavier("ceiling", without=-NO_LIMIT * 1000),
        _("Less money for the modality."),
        _("More money for the modality."),
        is_favour=True,
    ),
    Rule(
        SupportModality,
        ("own_share",),
        _number("own_share"),
        _("The organization must put in a greater share."),
        _("The organization must put in a smaller share."),
    ),
    Rule(
        Budget,
        ("authorized",),
        _the_less_the_heavier("authorized"),
        _("Less money for the program."),
        _("More money for the program."),
        is_favour=True,
    ),
    Rule(
        ScoringRule,
        ("pass_mark",),
        _number("pass_mark"),
        _("More points are needed to pass."),
        _("Fewer points are needed to pass."),
    ),
    Rule(
        Milestone,
        ("days", "unit"),
        _of_side((Side.CSO, Side.BOTH), _negative(MILESTONE_TERM)),
        _("The organization has less time."),
        _("The organization has more time."),
    ),
    Rule(
        Milestone,
        ("days", "unit"),
        _of_side((Side.AGENCY, Side.COMMITTEE), MILESTONE_TERM),
        _("The organization waits longer."),
        _("The organization waits less."),
    ),
    Rule(PlannedReport, (), _each(1), _("One more report is owed."), _("One report less is owed.")),
    Rule(
        PlannedReport,
        ("days", "unit"),
        _negative(_term("days", "unit")),
        _("There is less time to hand in the report."),
        _("There is more time to hand in the report."),
    ),
    Rule(
        VerificationRule,
        ("is_eligible",),
        lambda row: 0 if row.is_eligible else 1,
        _("The expense can no longer be paid with the support."),
        _("The expense can be paid with the support now."),
    ),
    Rule(
        VerificationRule,
        ("days", "unit"),
        _negative(_term("days", "unit")),
        _("There is less time to prove the expense."),
        _("There is more time to prove the expense."),
    ),
    Rule(
        VerificationRule,
        ("refund_days", "refund_unit"),
        _negative(_term("refund_days", "refund_unit")),
        _("There is less time to give back what is not proved."),
        _("There is more time to give back what is not proved."),
    ),
    Rule(
        FeedbackWindow,
        ("days", "unit"),
        _negative(_term("days", "unit")),
        _("There is less time to ask for the reasons."),
        _("There is more time to ask for the reasons."),
    ),
    Rule(
        FeedbackWindow,
        ("answer_days", "answer_unit"),
        _term("answer_days", "answer_unit"),
        _("The answer may take longer."),
        _("The answer must come sooner."),
    ),
    Rule(Remedy, (), _each(-1), _("A remedy is gone."), _("There is one more remedy."), is_favour=True),
    Rule(
        Remedy,
        ("days", "unit"),
        _negative(_term("days", "unit")),
        _("There is less time to use the remedy."),
        _("There is more time to use the remedy."),
    ),
    Rule(
        Remedy,
        ("answer_days", "answer_unit"),
        _term("answer_days", "answer_unit"),
        _("The decision on a remedy may take longer."),
        _("The decision on a remedy must come sooner."),
    ),
    Rule(
        Contact,
        (),
        _each(-1),
        _("One channel less to ask or complain."),
        _("One more channel to ask or complain."),
        is_favour=True,
    ),
    Rule(
        TrainingSession,
        (),
        _each(-1),
        _("One training session less."),
        _("One more training session."),
        is_favour=True,
    ),
    Rule(
        ParticipationMechanism,
        (),
        _each(-1),
        _("One mechanism of participation less."),
        _("One more mechanism of participation."),
        is_favour=True,
    ),
]
