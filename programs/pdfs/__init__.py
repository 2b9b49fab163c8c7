"""The PDFs of this app, one module a kind; importing it declares them."""

from programs.pdfs import booklet, checklist, matrix

__all__ = ["booklet", "checklist", "matrix"]
