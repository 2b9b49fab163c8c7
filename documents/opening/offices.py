"""A Word or Excel file is a package of whole parts, without programs, and asks nothing of other places."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from documents.opening import officeparts
from documents.opening.answers import Refused, damaged_as, said
from documents.opening.bounds import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED_BYTES, MEGABYTE

CONTENT_TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
KINDS = {WORD: "docx", EXCEL: "xlsx", SLIDES: "pptx"}
ENCRYPTED = 1

MACROS = re.compile(r"(^|/)(vbaproject(signature)?\w*\.bin|vbadata\.xml|activex/.*|macrosheets/.*)$")
PROGRAMS = re.compile(
    r"\.(exe|dll|com|scr|pif|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|sh|reg|cpl|chm|url|html?|swf)$"
)
MAX_NESTED = 2


def answer(content):
    return said(look, content)


def look(content, depth=0):
    """docx, xlsx, pptx, or zip when it is a package of something else."""
    with damaged_as("office_damaged"), zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        _refuse_swelling(members, len(content))
        _refuse_names(members)
        kind = _kind(package)
        if kind != "zip":
            _refuse_shape(package, members)
            _read_parts(package, members, depth)
    return kind


def _refuse_swelling(members, received):
    """Too many parts, parts that lie over one another, or far more bytes than were received."""
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    swells = unpacked > MEGABYTE and unpacked > MAX_RATIO * max(packed, 1)
    if swells or unpacked > MAX_UNPACKED_BYTES or packed > received or len(members) > MAX_MEMBERS:
        raise Refused("office_swells")


def _refuse_names(members):
    names = [member.filename.replace("\\", "/").lower() for member in members]
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or ":" in name:
            raise Refused("office_escapes")
        if MACROS.search(name) or PROGRAMS.search(name):
            raise Refused("office_programs")
    if len(set(names)) != len(names):
        raise Refused("office_damaged")
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused("office_protected")


def _kind(package):
    """What the content types say of the main part."""
    try:
        info = package.getinfo(CONTENT_TYPES)
    except KeyError:
        return "zip"
    if info.file_size > MEGABYTE:
        raise Refused("office_swells")
    types = package.read(info).decode("utf-8", "replace")
    if "macroenabled" in types.lower():
        raise Refused("office_programs")
    return next((kind for name, kind in KINDS.items() if f'"{name}"' in types), "zip")


def _refuse_shape(package, members):
    """A package begins with its first part, has a main one, and nothing written after the last."""
    if min(member.header_offset for member in members) > 0 or package.comment:
        raise Refused("two_in_one")
    main = officeparts.Relations()
    officeparts.read_whole(package.read(RELATIONS), main)
    if not any(target.lstrip("/") in package.namelist() for target in main.mains):
        raise Refused("office_damaged")


def _read_parts(package, members, depth):
    budget = officeparts.Budget()
    for member in members:
        with package.open(member) as part:
            if inner := officeparts.read(member.filename.lower(), part, budget):
                _read_nested(inner, member, depth)


def _read_nested(part, member, depth):
    """A chart keeps its own sheet, a Word file inside another is a document: as long as it ends."""
    if depth >= MAX_NESTED or member.file_size > 20 * MEGABYTE:
        raise Refused("office_swells")
    if look(part.read(), depth + 1) == "zip":
        raise Refused("office_programs")
