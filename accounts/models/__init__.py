from accounts.models.bodies import Body, BodyKind, Membership, Role
from accounts.models.invitations import Invitation
from accounts.models.letters import Letter
from accounts.models.log import TrailLeaf, TrailLeafSalt, TrailNode
from accounts.models.notices import Notice
from accounts.models.trail import TrailEntry, TrailSalt
from accounts.models.users import User

__all__ = [
    "Body",
    "BodyKind",
    "Invitation",
    "Letter",
    "Membership",
    "Notice",
    "Role",
    "TrailEntry",
    "TrailLeaf",
    "TrailLeafSalt",
    "TrailNode",
    "TrailSalt",
    "User",
]
