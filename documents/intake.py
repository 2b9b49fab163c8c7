"""Accepting an upload: its size, what its bytes really are, whether it opens, under what name it is kept.

A file that lies about its type, does not open, hides a bomb or cannot be read without a password is
refused with words that say what to do. What a person claims (name, content type) is never believed.
"""

import re
import unicodedata
from pathlib import PurePosixPath

import filetype
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from documents import inspection
from documents.inspection import FileRefused
from documents.models import Document

__all__ = ["DEFAULT", "TYPES", "FileRefused", "accept", "check", "safe_name"]

HEAD = 8192


class Type:
    """A kind of file that the portal knows: name in words, extensions, media type, how it is opened."""

    def __init__(self, name, extensions, media_type, opens):
        self.name, self.extensions, self.media_type, self.opens = name, extensions, media_type, opens


TYPES = {
    "pdf": Type("PDF", {"pdf"}, "application/pdf", inspection.open_pdf),
    "png": Type("PNG", {"png"}, "image/png", inspection.open_image),
    "jpg": Type("JPEG", {"jpg", "jpeg"}, "image/jpeg", inspection.open_image),
    "docx": Type(
        "Word (.docx)",
        {"docx"},
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        inspection.open_word,
    ),
    "xlsx": Type(
        "Excel (.xlsx)",
        {"xlsx"},
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        inspection.open_excel,
    ),
    "xml": Type("XML", {"xml"}, "application/xml", inspection.open_xml),
}
DEFAULT = ("pdf", "docx", "xlsx", "jpg", "png")


def accept(upload, *, allowed=DEFAULT, by, at=None):
    """Check ``upload`` and keep it. Gives its Document, or raises FileRefused with what to do."""
    kind = check(upload, allowed=allowed)
    return Document.objects.store(
        name=safe_name(upload.name, kind),
        content=upload,
        media_type=TYPES[kind].media_type,
        origin=Document.Origin.RECEIVED,
        by=by,
        at=at,
    )


def check(upload, *, allowed=DEFAULT):
    """The key of the upload's real type, among ``allowed``. Raises FileRefused."""
    _refuse_size(upload)
    claimed, real = _extension(upload.name), sniff(upload)
    if real not in allowed:
        raise FileRefused(_not_allowed(claimed, real, allowed))
    if claimed not in TYPES[real].extensions:
        raise FileRefused(_lies(claimed, TYPES[real].name))
    upload.seek(0)
    TYPES[real].opens(upload)
    upload.seek(0)
    return real


def sniff(upload):
    """What the bytes are, whatever the name says: a key of TYPES, another type's extension, or empty."""
    upload.seek(0)
    head = upload.read(HEAD)
    guess = filetype.guess_extension(head) or ""
    if guess in ("zip", "docx", "xlsx", "pptx"):
        return inspection.which_office(upload)
    if guess in ("", "xml") and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "xml"
    return guess


def safe_name(name, kind):
    """The name to keep: no folders, no control characters, one extension, at most 120 letters."""
    stem = PurePosixPath(str(name).replace("\\", "/")).name
    stem = unicodedata.normalize("NFC", stem)
    stem = "".join(c for c in stem if unicodedata.category(c)[0] != "C")
    stem = re.sub(r'[<>:"/|?*%]+', "-", stem.rpartition(".")[0] if "." in stem else stem).strip(" .-")
    extension = _extension(name) if _extension(name) in TYPES[kind].extensions else kind
    return f"{stem[:110] or 'archivo'}.{extension}"


def _extension(name):
    return str(name).rpartition(".")[2].lower() if "." in str(name) else ""


def _refuse_size(upload):
    if not upload.size:
        raise FileRefused(_("The file is empty. Check that it was saved and attach it again."))
    if upload.size > settings.MAX_FILE_BYTES:
        raise FileRefused(
            _("The file measures %(size)s; at most %(limit)s is accepted. Reduce it or divide it in parts.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.MAX_FILE_BYTES)}
        )


def _names(allowed):
    return ", ".join(TYPES[key].name for key in allowed)


def _not_allowed(claimed, real, allowed):
    if real and claimed in {e for key in allowed for e in TYPES[key].extensions}:
        return _lies(claimed, TYPES[real].name if real in TYPES else real.upper()) + " " + _accepted(allowed)
    if not real and claimed in {e for key in allowed for e in TYPES[key].extensions}:
        return _("The file says it is %(claimed)s but its content is not. Save it again and attach it.") % {
            "claimed": claimed.upper()
        }
    return _("This type of file is not accepted here.") + " " + _accepted(allowed)


def _accepted(allowed):
    return _("Attach one of these: %(types)s.") % {"types": _names(allowed)}


def _lies(claimed, real):
    if not claimed:
        return _("The name of the file has no extension and its content is %(real)s. Add it to the name.") % {
            "real": real
        }
    return _(
        "The file says it is %(claimed)s but its content is %(real)s. Save it as what it says it is."
    ) % {
        "claimed": claimed.upper(),
        "real": real,
    }
