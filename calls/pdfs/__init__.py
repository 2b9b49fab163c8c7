"""What the documents of calls and applications say. Importing this package declares every kind."""

from calls.pdfs import receipt

__all__ = ["receipt"]
