"""What the documents of an evaluation say. Importing this package declares every kind."""

from evaluations.pdfs import remedies, rulings

__all__ = ["remedies", "rulings"]
