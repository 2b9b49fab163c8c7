"""The file of an annex: checked by its bytes and kept under its hash."""

from documents import intake

FileRefused = intake.FileRefused


def keep(upload, *, by, at=None):
    """Keep a file. Gives what an annex holds of it; raises FileRefused with what to do."""
    document = intake.accept(upload, by=by, at=at)
    return {"document": document, "file_name": document.name, "file_sha256": document.sha256}
