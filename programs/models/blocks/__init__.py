"""The closed list of blocks (decision 4), each with the models that hold its rows.

The names are those of the Guide's components. A block of the list that is not a key here has no
structured form yet; its component is prose alone.
"""

from programs.models.blocks.application import ApplicationQuestion, BudgetRule, EligibilityRule
from programs.models.blocks.contacts import Contact, DisseminationAction
from programs.models.blocks.evaluation import CommitteeSeat, Criterion, CriterionLevel, ScoringRule
from programs.models.blocks.money import Budget, SupportModality
from programs.models.blocks.participation import ParticipationMechanism, TrainingSession
from programs.models.blocks.remedies import FeedbackWindow, Remedy
from programs.models.blocks.requirements import Requirement
from programs.models.blocks.schedule import Milestone

BLOCKS: dict[str, list] = {
    "budget": [Budget],
    "support_modalities": [SupportModality],
    "eligibility_rules": [EligibilityRule],
    "requirements": [Requirement],
    "application_questions": [ApplicationQuestion],
    "budget_rules": [BudgetRule],
    "criteria": [Criterion, CriterionLevel, ScoringRule],
    "schedule": [Milestone],
    "committee_seats": [CommitteeSeat],
    "feedback_window": [FeedbackWindow],
    "remedies": [Remedy],
    "training": [TrainingSession],
    "contacts": [Contact],
    "dissemination": [DisseminationAction],
    "participation": [ParticipationMechanism],
}
BLOCK_MODELS = [model for models in BLOCKS.values() for model in models]
