"""What the documents of calls and applications say. Importing this package declares every kind."""

from calls.pdfs import announcement, receipt

__all__ = ["announcement", "receipt"]
