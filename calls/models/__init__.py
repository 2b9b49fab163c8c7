from calls.models.answers import Answer, BudgetLine, EligibilityAnswer, SetAside, SuppliedDocument
from calls.models.applications import Application
from calls.models.assistance import Assistance
from calls.models.calls import ActualDate, Call, PlannedDate
from calls.models.changes import Extension
from calls.models.dissemination import Evidence
from calls.models.folios import FolioSeries
from calls.models.organizations import Organization
from calls.models.questions import PublicAnswer, PublicQuestion
from calls.models.reception import Defect, Prevention, RequirementCheck, Submission
from calls.models.renunciations import Renunciation
from calls.models.rights import Barred, ReadingRight
from calls.models.subscriptions import Interest, News, NewsMail, Subscription
from calls.models.vault import VaultDocument, VaultReminder

__all__ = [
    "ActualDate",
    "Answer",
    "Application",
    "Assistance",
    "Barred",
    "BudgetLine",
    "Call",
    "Defect",
    "EligibilityAnswer",
    "Evidence",
    "Extension",
    "FolioSeries",
    "Interest",
    "News",
    "NewsMail",
    "Organization",
    "PlannedDate",
    "Prevention",
    "PublicAnswer",
    "PublicQuestion",
    "ReadingRight",
    "Renunciation",
    "RequirementCheck",
    "SetAside",
    "Submission",
    "Subscription",
    "SuppliedDocument",
    "VaultDocument",
    "VaultReminder",
]
