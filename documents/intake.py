"""Accepting an upload: its size, what its bytes really are, whether it opens, under what name it is kept.

A file that lies about its type, does not open, hides a bomb or cannot be read without a password is
refused with words that say what to do. What a person claims (name, content type) is never believed.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from documents import inspection, scanning
from documents.inspection import FileRefused
from documents.models import Document

__all__ = ["DEFAULT", "TYPES", "FileRefused", "accept", "check", "safe_name"]

HEAD = 8192
OPENING = "documents.opening."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OFFICE = ("doc", "xls")
# Reasons for which nothing was opened
BEFORE_OPENING = ("empty", "too_heavy", "not_accepted", "lies", "infected")
PACKED = ("docx", "xlsx")  # both are ZIPs: which one is only known once it is opened

PROGRAMS = "exe|com|scr|pif|msi|bat|cmd|ps1|vbs|js|jar|hta|lnk|sh|php|py|html?|svg|docm|xlsm|zip"
INNER_EXTENSION = re.compile(rf"\.({PROGRAMS})(?=\.|$)", re.IGNORECASE)
OF_WINDOWS = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Type:
    """A kind of file that the portal knows: name in words, extensions, media type, and who opens it."""

    name: str
    extensions: frozenset
    media_type: str
    opened_by: str


TYPES = {
    "pdf": Type("PDF", frozenset({"pdf"}), "application/pdf", OPENING + "pdfs"),
    "png": Type("PNG", frozenset({"png"}), "image/png", OPENING + "pngs"),
    "jpg": Type("JPEG", frozenset({"jpg", "jpeg"}), "image/jpeg", OPENING + "jpegs"),
    "docx": Type(
        "Word (.docx)",
        frozenset({"docx"}),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        OPENING + "offices",
    ),
    "xlsx": Type(
        "Excel (.xlsx)",
        frozenset({"xlsx"}),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        OPENING + "offices",
    ),
    "xml": Type("XML", frozenset({"xml"}), "application/xml", OPENING + "xmls"),
}
DEFAULT = ("pdf", "docx", "xlsx", "jpg", "png")


def accept(upload, *, allowed=DEFAULT, by, at=None):
    """Check ``upload`` and keep it. Gives its Document, or raises FileRefused with what to do."""
    kind = check(upload, allowed=allowed, by=by)
    document = Document.objects.store(
        name=safe_name(upload.name, kind),
        content=upload,
        media_type=TYPES[kind].media_type,
        origin=Document.Origin.RECEIVED,
        by=by,
        at=at,
        scan=upload.scan,
    )
    forget_pieces(upload)
    return document


def forget_pieces(upload):
    """What arrived in pieces is not awaited any more."""
    if forget := getattr(upload, "forget", None):
        forget()


def refuse_announced(name, size, allowed):
    """Refuse by its name and size what would be refused once it is here: nobody sends it in vain."""
    _refuse_size(size)
    if _extension(name) not in {e for key in allowed for e in TYPES[key].extensions}:
        raise FileRefused(_("This type of file is not accepted here.") + " " + _accepted(allowed))


def check(upload, *, allowed=DEFAULT, by=None):
    """The key of the upload's real type, among ``allowed``. Raises FileRefused.

    The antivirus, where there is one, looks at it once; how it stands with it goes along as ``scan``.
    """
    _refuse_size(upload.size)
    claimed, seems = _extension(upload.name), sniff(upload)
    if seems == "zip" and claimed in PACKED:
        seems = claimed
    _refuse_type(claimed, seems, allowed)
    if not hasattr(upload, "scan"):
        upload.scan = scanning.of(upload, by=by)
    real = inspection.kind_of(upload, TYPES[seems].opened_by)
    _refuse_type(claimed, real, allowed)
    return real


def sniff(upload):
    """What its first bytes say, whatever its name: a key of TYPES, another type's extension, or empty."""
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    guess = filetype.guess_extension(head) or ""
    if head.startswith(OLE):
        return guess or "doc"
    if guess in ("zip", "docx", "xlsx", "pptx"):
        return "zip"
    if guess in ("", "xml") and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "xml"
    return guess


def safe_name(name, kind):
    """The name to keep: no folders, no control characters, one extension, at most 120 letters."""
    stem, extension = _plain(name), _extension(name)
    stem = stem.rpartition(".")[0] if "." in stem else stem
    stem = re.sub(r'[<>:"/|?*%]+', "-", stem)
    stem = INNER_EXTENSION.sub(r"-\1", stem).strip(" .-")
    stem = OF_WINDOWS.sub(r"archivo-\1", stem)
    extension = extension if extension in TYPES[kind].extensions else kind
    return f"{stem[:110] or 'archivo'}.{extension}"


def _plain(name):
    """The last part of the name, without what cannot be seen or turns the writing around."""
    name = unicodedata.normalize("NFC", PurePosixPath(str(name).replace("\\", "/")).name)
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029")
    return name.rstrip(" .")


def _extension(name):
    name = _plain(name)
    return name.rpartition(".")[2].lower() if "." in name else ""


def _refuse_size(size):
    if not size:
        raise FileRefused(
            _("The file is empty. Check that it was saved and attach it again."), reason="empty"
        )
    if size > settings.MAX_FILE_BYTES:
        raise FileRefused(
            _("The file measures %(size)s; at most %(limit)s is accepted. Reduce it or divide it in parts.")
            % {"size": filesizeformat(size), "limit": filesizeformat(settings.MAX_FILE_BYTES)},
            reason="too_heavy",
        )


def _refuse_type(claimed, real, allowed):
    if real in OLD_OFFICE and claimed in (*PACKED, *OLD_OFFICE):
        raise FileRefused.because("office_protected")
    if real not in allowed:
        raise FileRefused(_not_allowed(claimed, real, allowed), reason="not_accepted")
    if claimed not in TYPES[real].extensions:
        raise FileRefused(_lies(claimed, TYPES[real].name), reason="lies")


def _names(allowed):
    return ", ".join(TYPES[key].name for key in allowed)


def _not_allowed(claimed, real, allowed):
    is_expected = claimed in {e for key in allowed for e in TYPES[key].extensions}
    if real and is_expected:
        return _lies(claimed, TYPES[real].name if real in TYPES else real.upper()) + " " + _accepted(allowed)
    if is_expected:
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
