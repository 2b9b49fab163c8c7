"""Whether an uploaded Word file may be opened at all: looked at before anything in it is parsed."""

import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from documents import intake
from documents.inspection import FileRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"
MAIN = "wordprocessingml.document.main+xml"
MOST_PARTS, MOST_BYTES, MOST_RATIO = 3000, 200 * 1024 * 1024, 150
SMALL = 2 * 1024 * 1024  # what is smaller than this harms nobody, however well it was packed


def accept(upload, *, by, at=None):
    """Check the file and keep it. Gives its Document, or raises FileRefused with what to do."""
    check(upload)
    return intake.accept(upload, allowed=("docx",), by=by, at=at)


def check(upload):
    """Raise FileRefused when the file is no Word document that can be opened without danger."""
    upload.seek(0)
    if upload.read(len(OLE)) == OLE:
        raise FileRefused(_old_or_protected())
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as package:
            members = package.infolist()
            _refuse_shape(members)
            _refuse_programs(members, _types(package))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileRefused(_not_word()) from error
    upload.seek(0)


def _types(package):
    try:
        info = package.getinfo(TYPES)
    except KeyError:
        raise FileRefused(_not_word()) from None
    if info.file_size > SMALL:
        raise FileRefused(_swells())
    return package.read(info).decode("utf-8", "replace")


def _refuse_shape(members):
    """Too many parts, too large once unpacked, parts of the same name, or names that leave the package."""
    unpacked = sum(member.file_size for member in members)
    names = [member.filename for member in members]
    if len(members) > MOST_PARTS or unpacked > MOST_BYTES:
        raise FileRefused(_swells())
    for member in members:
        if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise FileRefused(_swells())
        if member.flag_bits & 1:
            raise FileRefused(_old_or_protected())
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or "\0" in member.filename:
            raise FileRefused(_not_word())
    if len(set(names)) != len(names):
        raise FileRefused(_not_word())


def _refuse_programs(members, types):
    names = [member.filename.lower() for member in members]
    if "macroenabled" in types.lower() or any(
        name.endswith("vbaproject.bin") or "/activex/" in name for name in names
    ):
        raise FileRefused(
            _(
                "The document carries macros. In Word, save it as “Word document (.docx)” and choose "
                "that file."
            )
        )
    if MAIN not in types:
        raise FileRefused(_not_word())


def words_of(refusal):
    """Why the document could not be read, for whoever brought it."""
    said = {
        "entities": _(
            "The document declares entities of its own, which is not accepted. Save it again in Word."
        ),
        "too_large": _("The document is too large or too complicated to be read. Divide it in parts."),
        "not_word": _not_word(),
    }
    return said.get(refusal) or _(
        "The document is damaged. Open it in Word, save it again and choose that file."
    )


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
