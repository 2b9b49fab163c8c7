"""Receiving a Word file: opened apart and within bounds, refused in the words of who writes Rules."""

from django.utils.translation import gettext as _

from documents import intake
from documents.inspection import FileRefused


def accept(upload, *, by, at=None):
    """Check the file and keep it. Gives its Document, or raises FileRefused with what to do."""
    check(upload)
    return intake.accept(upload, allowed=("docx",), by=by, at=at)


def check(upload):
    """Raise FileRefused when the file is no Word document that can be opened without danger."""
    try:
        intake.check(upload, allowed=("docx",))
    except FileRefused as refusal:
        if refusal.reason in intake.BEFORE_OPENING:
            raise
        raise FileRefused(words_of(refusal.reason), reason=refusal.reason) from refusal


def words_of(reason):
    """Why the document is not received or could not be read, for whoever brought it."""
    said = {
        "entities": _entities(),
        "office_doctype": _entities(),
        "too_large": _too_large(),
        "too_much": _too_large(),
        "office_deep": _too_large(),
        "office_swells": _swells(),
        "office_protected": _old_or_protected(),
        "office_programs": _(
            "The document carries macros. In Word, save it as “Word document (.docx)” and choose that file."
        ),
        "office_reaches": _(
            "The document brings content from another address or program when it is opened. In Word, break "
            "its links, save it again and choose that file."
        ),
        "not_word": _not_word(),
        "office_escapes": _not_word(),
        "two_in_one": _not_word(),
    }
    return said.get(reason) or _(
        "The document is damaged. Open it in Word, save it again and choose that file."
    )


def _entities():
    return _("The document declares entities of its own, which is not accepted. Save it again in Word.")


def _too_large():
    return _("The document is too large or too complicated to be read. Divide it in parts.")


def _old_or_protected():
    return _(
        "The file is an old Word document (.doc) or is protected with a password. Open it in Word, take the "
        "password away if it has one, save it as “Word document (.docx)” and choose that file."
    )


def _not_word():
    return _(
        "The file is not a Word document (.docx). Open it in Word, save it as .docx and choose that file."
    )


def _swells():
    return _("Once unpacked the file is far larger than it looks: it is not opened. Save it again in Word.")
