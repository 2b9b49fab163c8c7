"""What must hold of people, their roles, and the trail of what they did."""

from accounts.invariants import log, roles, trail
from jobs import constraints

__all__ = ["log", "roles", "trail"]

constraints.watch("accounts")
