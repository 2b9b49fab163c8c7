from evaluations.models.committees import Committee, CommitteeMember
from evaluations.models.conflicts import ConflictDeclaration
from evaluations.models.draws import Draw, Specialty
from evaluations.models.reviews import Assignment, Review, Score
from evaluations.models.rulings import Outcome, Ruling
from evaluations.models.sessions import AgendaItem, Attendance, Session, Vote
from evaluations.models.ties import DetectedTie

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Committee",
    "CommitteeMember",
    "ConflictDeclaration",
    "DetectedTie",
    "Draw",
    "Outcome",
    "Review",
    "Ruling",
    "Score",
    "Session",
    "Specialty",
    "Vote",
]
