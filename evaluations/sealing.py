"""What both remedies and reports share: a text and its files received once, sealed by one fingerprint."""

import hashlib
import json

from django.utils.translation import gettext as _

from accounts import acts
from documents import intake
from evaluations.models.remedies import LONGEST_TEXT

KINDS = ("pdf", "docx", "jpg", "png")
MOST_FILES = 3
FileRefused = intake.FileRefused


class CannotFile(acts.Refused):
    """Why something is not received; ``field`` says which entry of the form it is about."""


def tidy(text):
    text = text.strip()
    if not text:
        raise CannotFile(_("Write what you ask for and why."), "text")
    if len(text) > LONGEST_TEXT:
        long = _("It is too long: write at most %(most)d characters.") % {"most": LONGEST_TEXT}
        raise CannotFile(long, "text")
    return text


def keep(files, *, by, at):
    """The documents of the files that came, in their order. Raises FileRefused."""
    if len(files) > MOST_FILES:
        raise CannotFile(_("Attach at most %(most)d files.") % {"most": MOST_FILES}, "file1")
    return [intake.accept(file, allowed=KINDS, by=by, at=at) for file in files]


def fingerprint(text, documents):
    """The SHA-256 of the text and of the fingerprints of its files, in their order."""
    said = json.dumps([text, [document.sha256 for document in documents]], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
