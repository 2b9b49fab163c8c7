"""What must hold of calls and of what organizations ask of them."""

from calls.invariants import applications, awards, dates, files, voices
from jobs import constraints

__all__ = ["applications", "awards", "dates", "files", "voices"]

constraints.watch("calls")
