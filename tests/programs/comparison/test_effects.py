"""Each rule of burden: what makes it say more, what makes it say less, and when it says nothing."""

from datetime import date
from decimal import Decimal

import pytest

from programs.comparison.effects import RULES, effects
from programs.models import (
    ApplicationQuestion,
    Budget,
    BudgetRule,
    Contact,
    CriterionLevel,
    EligibilityRule,
    FeedbackWindow,
    Milestone,
    ParticipationMechanism,
    PlannedReport,
    Remedy,
    Requirement,
    ScoringRule,
    SupportModality,
    TrainingSession,
    VerificationRule,
)

CSO = {"side": "cso", "unit": "business"}
CALENDAR, REFUND = {"unit": "calendar"}, {"refund_unit": "calendar"}
ANSWER = {"answer_days": 5}
AGENCY = {"side": "agency", "unit": "calendar"}

# The model, the lighter row and the heavier row; None is a row that is not there.
LIGHT_AND_HEAVY = [
    (Requirement, None, {"is_obligatory": True}),
    (Requirement, {"is_obligatory": False}, {"is_obligatory": True}),
    (Requirement, {"form": "copy"}, {"form": "original"}),
    (Requirement, {"form": "original"}, {"form": "both"}),
    (Requirement, {"delivery": "electronic"}, {"delivery": "physical"}),
    (Requirement, {"delivery": "both"}, {"delivery": "physical"}),
    (Requirement, {"signature": "none"}, {"signature": "signature"}),
    (Requirement, {"signature": "signature"}, {"signature": "initials"}),
    (Requirement, {"quantity": 1}, {"quantity": 2}),
    (Requirement, {"valid_days": 90}, {"valid_days": 30}),
    (Requirement, {"valid_days": None}, {"valid_days": 90}),
    (Requirement, {"trips": 0}, {"trips": 1}),
    (Requirement, {"hours": 2}, {"hours": 3}),
    (EligibilityRule, None, {}),
    (ApplicationQuestion, None, {"is_obligatory": True}),
    (ApplicationQuestion, {"is_obligatory": False}, {"is_obligatory": True}),
    (BudgetRule, {"is_allowed": True}, {"is_allowed": False}),
    (BudgetRule, None, {"is_allowed": False}),
    (BudgetRule, {"maximum_share": Decimal(50)}, {"maximum_share": Decimal(40)}),
    (BudgetRule, {"maximum_share": None}, {"maximum_share": Decimal(100)}),
    (BudgetRule, {"maximum": Decimal(900)}, {"maximum": Decimal(800)}),
    (SupportModality, {}, None),
    (SupportModality, {"maximum": Decimal(900)}, {"maximum": Decimal(800)}),
    (SupportModality, {"minimum": Decimal(100)}, {"minimum": Decimal(200)}),
    (SupportModality, {"ceiling": Decimal(900)}, {"ceiling": Decimal(800)}),
    (SupportModality, {"ceiling": None}, {"ceiling": Decimal(800)}),
    (SupportModality, {"own_share": Decimal(10)}, {"own_share": Decimal(20)}),
    (Budget, {"authorized": Decimal(900)}, {"authorized": Decimal(800)}),
    (ScoringRule, {"pass_mark": 60}, {"pass_mark": 70}),
    (Milestone, CSO | {"days": 10}, CSO | {"days": 5}),
    (Milestone, CSO | {"days": 10}, CSO | {"days": 10, "unit": "calendar"}),
    (Milestone, CSO | {"days": 10, "side": "both"}, CSO | {"days": 9, "side": "both"}),
    (Milestone, AGENCY | {"days": 10}, AGENCY | {"days": 15}),
    (Milestone, AGENCY | {"days": 10}, AGENCY | {"days": 10, "unit": "business"}),
    (FeedbackWindow, {"days": 10, "unit": "business"}, {"days": 5, "unit": "business"}),
    (FeedbackWindow, ANSWER | {"answer_unit": "calendar"}, ANSWER | {"answer_unit": "business"}),
    (PlannedReport, None, {}),
    (PlannedReport, CALENDAR | {"days": 10}, CALENDAR | {"days": 5}),
    (VerificationRule, {"is_eligible": True}, {"is_eligible": False}),
    (VerificationRule, CALENDAR | {"days": 10}, CALENDAR | {"days": 5}),
    (VerificationRule, REFUND | {"refund_days": 10}, REFUND | {"refund_days": 5}),
    (Remedy, {}, None),
    (Remedy, {"days": 10, "unit": "business"}, {"days": 10, "unit": "calendar"}),
    (Remedy, ANSWER | {"answer_days": 5}, ANSWER | {"answer_days": 10}),
    (Contact, {}, None),
    (TrainingSession, {}, None),
    (ParticipationMechanism, {}, None),
]  # fmt: skip


def made(model, values):
    return None if values is None else model(**values)


def said(model, before, after):
    return [one.direction for one in effects(model, made(model, before), made(model, after))]


@pytest.mark.parametrize(("model", "light", "heavy"), LIGHT_AND_HEAVY)
def test_a_heavier_row_weighs_more_and_the_way_back_less(model, light, heavy):
    there, back = (
        effects(model, made(model, a), made(model, b)) for a, b in ((light, heavy), (heavy, light))
    )

    assert [one.direction for one in there] == ["more"]
    assert [one.direction for one in back] == ["less"]
    assert there[0].reason != back[0].reason


def test_every_rule_is_tried_above():
    tried = {
        id(rule)
        for model, light, heavy in LIGHT_AND_HEAVY
        for rule in RULES
        if rule.model is model
        and bool(rule.fields) == (light is not None and heavy is not None)
        and rule.effect(made(model, light), made(model, heavy))
    }

    assert [rule for rule in RULES if id(rule) not in tried] == []


@pytest.mark.parametrize(
    ("model", "before", "after"),
    [
        (Requirement, None, {"is_obligatory": False}),
        (Requirement, {"form": ""}, {"form": "original"}),
        (Requirement, {"delivery": "electronic"}, {"delivery": "both"}),
        (Requirement, {"hours": None}, {"hours": 3}),
        (Requirement, {"name": "Acta"}, {"name": "Plan"}),
        (BudgetRule, None, {"is_allowed": True}),
        (Milestone, {"on": date(2026, 3, 1), "side": "cso"}, {"on": date(2026, 3, 9), "side": "cso"}),
        (Milestone, CSO | {"days": 7}, CSO | {"days": 7, "after": "ruling"}),
        (Milestone, CSO | {"days": 7}, AGENCY | {"days": 9}),
        (Remedy, {"days": None}, {"days": 5, "unit": "business"}),
        (CriterionLevel, {"points": 5}, {"points": 9}),
    ],
)
def test_what_weighs_nothing_or_says_nothing_has_no_effect(model, before, after):
    assert said(model, before, after) == []
