"""Opening what was received, within bounds: a file that does not open, or that swells, is refused."""

import contextlib
import warnings
import zipfile
from xml.etree.ElementTree import ParseError

import pikepdf
from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext as _
from PIL import Image

MAX_PIXELS = 60_000_000
MAX_PAGES = 3000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5000

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OFFICE = {WORD: "docx", EXCEL: "xlsx"}


class FileRefused(Exception):
    """The file cannot be accepted. The message says why and what to do, for the person who sent it."""


def open_pdf(file):
    """It opens without a password, has pages, and no more than can be read."""
    try:
        with pikepdf.open(file) as pdf:
            pages, encrypted = len(pdf.pages), pdf.is_encrypted
    except pikepdf.PasswordError as error:
        raise FileRefused(_protected()) from error
    except Exception as error:  # pikepdf raises several kinds, a damaged file is a damaged file
        raise FileRefused(_damaged("PDF")) from error
    if encrypted:
        raise FileRefused(_protected())
    if not pages:
        raise FileRefused(_("The PDF has no pages. Save it again and attach it."))
    if pages > MAX_PAGES:
        raise FileRefused(
            _("The PDF has more than %(most)d pages. Divide it in parts.") % {"most": MAX_PAGES}
        )


def open_image(file):
    """It is a whole picture and not a small file that swells to a huge one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=("PNG", "JPEG")) as image:
                width, height = image.size
                image.verify()
    except Image.DecompressionBombError as error:
        raise FileRefused(_too_many_pixels()) from error
    except Exception as error:  # Pillow raises several kinds, a damaged file is a damaged file
        raise FileRefused(_damaged(_("image"))) from error
    if width * height > MAX_PIXELS:
        raise FileRefused(_too_many_pixels())


def open_word(file):
    _open_office(file, "Word")


def open_excel(file):
    _open_office(file, "Excel")


def open_xml(file):
    """It parses without a document type, entities or anything fetched from elsewhere."""
    try:
        ElementTree.parse(file, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused(
            _("The XML declares a document type (DOCTYPE), which is not accepted. Remove it.")
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise FileRefused(_damaged("XML")) from error


def which_office(file):
    """docx, xlsx, or zip: what the content types of the package say, not its name."""
    file.seek(0)
    with contextlib.suppress(
        zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError
    ):
        with zipfile.ZipFile(file) as package:
            info = package.getinfo("[Content_Types].xml")
            if info.file_size > 1024 * 1024:
                return "zip"
            types = package.read(info).decode("utf-8", "replace")
        return next((key for name, key in OFFICE.items() if f'"{name}"' in types), "zip")
    return "zip"


def _open_office(file, name):
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            _refuse_bomb(members)
            _refuse_active_content(members)
            if package.testzip():
                raise FileRefused(_damaged(name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise FileRefused(_damaged(name)) from error


def _refuse_bomb(members):
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members) or 1
    swells = unpacked > 1024 * 1024 and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED_BYTES or swells or len(members) > MAX_MEMBERS:
        raise FileRefused(
            _("Once unpacked the file is far larger than it looks: it is not opened. Save it again as PDF.")
        )


def _refuse_active_content(members):
    """Macros and embedded programs have no place in a supporting document."""
    for member in members:
        name = member.filename.lower()
        if (
            name.endswith("vbaproject.bin")
            or "/activex/" in name
            or name.startswith(("/", ".."))
            or "/../" in name
        ):
            raise FileRefused(_("The file carries macros or programs. Save it without them, or as PDF."))


def _damaged(name):
    return _("The %(name)s cannot be opened: it is damaged or incomplete. Save it again and attach it.") % {
        "name": name
    }


def _protected():
    return _("The PDF is protected with a password. Save a copy without a password and attach that one.")


def _too_many_pixels():
    return _(
        "The image is too large to be opened (more than %(most)d megapixels). Reduce it and attach it again."
    ) % {"most": MAX_PIXELS // 1_000_000}
