from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.conflicts import ConflictDeclaration
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
    "Outcome",
    "Review",
    "Ruling",
    "Score",
    "Session",
    "Vote",
]
