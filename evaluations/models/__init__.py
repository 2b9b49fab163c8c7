from evaluations.models.calibration import Calibration, SampleReview, SampleScore, sample_owed
from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.conflicts import ConflictDeclaration
from evaluations.models.divergence import Divergence, EvaluationSettings
from evaluations.models.draws import Draw, Specialty
from evaluations.models.embargoes import Embargo
from evaluations.models.feedback import FeedbackPoint, FeedbackReason, FeedbackRequest
from evaluations.models.handed_in import HandedIn, HandedInScore, Reopening
from evaluations.models.promotions import Promotion
from evaluations.models.remedies import Dismissal, RemedyFile, RemedyOutcome, RemedyRequest
from evaluations.models.reports import ControlReport, ReportFile
from evaluations.models.reviews import Assignment, Review, Score
from evaluations.models.rulings import Outcome, Ruling
from evaluations.models.sessions import AgendaItem, Attendance, Session, Vote
from evaluations.models.ties import DetectedTie

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Calibration",
    "Committee",
    "CommitteeMember",
    "ConflictDeclaration",
    "ControlReport",
    "DetectedTie",
    "Dismissal",
    "Divergence",
    "Draw",
    "Embargo",
    "EvaluationSettings",
    "FeedbackPoint",
    "FeedbackReason",
    "FeedbackRequest",
    "HandedIn",
    "HandedInScore",
    "Outcome",
    "Promotion",
    "RemedyFile",
    "RemedyOutcome",
    "RemedyRequest",
    "Reopening",
    "ReportFile",
    "Review",
    "Ruling",
    "SampleReview",
    "SampleScore",
    "Score",
    "Session",
    "Specialty",
    "Vote",
    "sample_owed",
]
