from programs.models.agencies import Agency, AgencyDuty, Program
from programs.models.blackouts import BlackoutException, BlackoutPeriod
from programs.models.blocks import BLOCK_MODELS, BLOCKS, NAMES
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
from programs.models.blocks.schedule import Milestone, MilestoneCode, Side, Unit
from programs.models.blocks.spending import PlannedPayment, PlannedReport, VerificationRule
from programs.models.checks import CheckLevel, CheckSetting
from programs.models.clauses import AdoptedClause, PublishedClause
from programs.models.comments import Comment
from programs.models.drafting import Presence, TextVersion
from programs.models.editions import Amendment, ComponentText, Edition, SignOff
from programs.models.guide import Component, GuideEdition, GuideSection, LockLevel
from programs.models.histories import AssessmentVersion
from programs.models.moves import GuideMove, MovedPart
from programs.models.practices import (
    EXPIRED,
    Assessment,
    ChecklistEdition,
    Dimension,
    Practice,
    Topic,
    Verdict,
    standing_word,
)
from programs.models.publications import Publication, PublishedText
from programs.models.readings import Reading
from programs.models.reference import LoadedRow
from programs.models.removals import RemovedRow
from programs.models.rubric import Axis, Rating, RatingLevel, RatingMark, Rubric, RubricCriterion
from programs.models.territory import Municipality, NonWorkingDay
from programs.models.trends import HarmonyDay
from programs.models.word import WordImport

__all__ = [
    "BLOCKS",
    "BLOCK_MODELS",
    "EXPIRED",
    "NAMES",
    "AdoptedClause",
    "Agency",
    "AgencyDuty",
    "Amendment",
    "Annex",
    "ApplicationQuestion",
    "Assessment",
    "AssessmentVersion",
    "Axis",
    "BlackoutException",
    "BlackoutPeriod",
    "Budget",
    "BudgetRule",
    "CheckLevel",
    "CheckSetting",
    "ChecklistEdition",
    "Comment",
    "CommitteeSeat",
    "Component",
    "ComponentText",
    "Contact",
    "CoverageArea",
    "Criterion",
    "CriterionLevel",
    "Dimension",
    "DisseminationAction",
    "Edition",
    "EligibilityRule",
    "FeedbackWindow",
    "GuideEdition",
    "GuideMove",
    "GuideSection",
    "HarmonyDay",
    "Indicator",
    "LegalReference",
    "LoadedRow",
    "LockLevel",
    "Milestone",
    "MilestoneCode",
    "MovedPart",
    "Municipality",
    "NonWorkingDay",
    "ParticipationMechanism",
    "PlannedPayment",
    "PlannedReport",
    "Practice",
    "Presence",
    "Program",
    "Publication",
    "PublishedClause",
    "PublishedText",
    "Rating",
    "RatingLevel",
    "RatingMark",
    "Reading",
    "Remedy",
    "RemovedRow",
    "Requirement",
    "Rubric",
    "RubricCriterion",
    "ScoringRule",
    "Side",
    "SignOff",
    "SupportModality",
    "TextVersion",
    "Topic",
    "TrainingSession",
    "Unit",
    "Verdict",
    "VerificationRule",
    "WordImport",
    "standing_word",
]
