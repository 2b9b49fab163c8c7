from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.conflicts import ConflictDeclaration
from evaluations.models.handed_in import HandedIn, HandedInScore, Reopening
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
    "HandedIn",
    "HandedInScore",
    "Outcome",
    "Reopening",
    "Review",
    "Ruling",
    "Score",
    "Session",
    "Vote",
]
