from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.conflicts import ConflictDeclaration
from evaluations.models.feedback import FeedbackPoint, FeedbackReason, FeedbackRequest
from evaluations.models.remedies import Dismissal, RemedyFile, RemedyOutcome, RemedyRequest
from evaluations.models.reports import ControlReport, ReportFile
from evaluations.models.reviews import Assignment, Review, Score
from evaluations.models.rulings import Outcome, Ruling
from evaluations.models.sessions import AgendaItem, Attendance, Session, Vote

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Committee",
    "CommitteeMember",
    "ConflictDeclaration",
    "ControlReport",
    "Dismissal",
    "FeedbackPoint",
    "FeedbackReason",
    "FeedbackRequest",
    "Outcome",
    "RemedyFile",
    "RemedyOutcome",
    "RemedyRequest",
    "ReportFile",
    "Review",
    "Ruling",
    "Score",
    "Session",
    "Vote",
]
