from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.conflicts import ConflictDeclaration
from evaluations.models.embargoes import Embargo
from evaluations.models.promotions import Promotion
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
    "Embargo",
    "Outcome",
    "Promotion",
    "Review",
    "Ruling",
    "Score",
    "Session",
    "Vote",
]
