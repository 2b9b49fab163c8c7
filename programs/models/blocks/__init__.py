"""The closed list of blocks (decision 4), each with the models that hold its rows.

The names are those of the Guide's components. Rows name rows of other blocks by key: ``NAMES`` says which
field names which block.
"""

from programs.models.blocks.annexes import Annex
from programs.models.blocks.application import ApplicationQuestion, BudgetRule, EligibilityRule
from programs.models.blocks.contacts import Contact, DisseminationAction
from programs.models.blocks.coverage import CoverageArea
from programs.models.blocks.evaluation import CommitteeSeat, Criterion, CriterionLevel, ScoringRule
from programs.models.blocks.indicators import Indicator
from programs.models.blocks.legal import LegalReference
from programs.models.blocks.money import Budget, SupportModality
from programs.models.blocks.participation import ParticipationMechanism, TrainingSession
from programs.models.blocks.remedies import FeedbackWindow, Remedy
from programs.models.blocks.requirements import Requirement
from programs.models.blocks.schedule import Milestone
from programs.models.blocks.spending import PlannedPayment, PlannedReport, VerificationRule

BLOCKS: dict[str, list] = {
    "legal_references": [LegalReference],
    "budget": [Budget],
    "coverage": [CoverageArea],
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
    "payments": [PlannedPayment],
    "reports": [PlannedReport],
    "verification_rules": [VerificationRule],
    "indicators": [Indicator],
    "contacts": [Contact],
    "dissemination": [DisseminationAction],
    "participation": [ParticipationMechanism],
    "annexes": [Annex],
}
BLOCK_MODELS = [model for models in BLOCKS.values() for model in models]

NAMES = {
    "modality_key": SupportModality,
    "criterion_key": Criterion,
    "report_key": PlannedReport,
    "payment_key": PlannedPayment,
    "annex_key": Annex,
    "question_key": ApplicationQuestion,
}
