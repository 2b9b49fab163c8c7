"""What must hold of Guides, Rules, practices and blackouts."""

from jobs import constraints
from programs.invariants import guides, practices, publications, signing, texts

__all__ = ["guides", "practices", "publications", "signing", "texts"]

constraints.watch("programs")
