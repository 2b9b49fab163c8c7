"""The XML of Word (ISO/IEC 29500) in few words: names, elements, and the package that holds them. Pure."""

import io
import re
import zipfile

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = "http://www.w3.org/XML/1998/namespace"
OURS = "urn:armoniza:word:1"
NAMES = {"w": W, "r": R}

# What marks our own: a content control's tag, or a bookmark that Word does not show.
MARK = "armoniza"
BOOKMARK = "_armoniza_"
LONGEST_TAG = 64  # Word refuses longer ones

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SOME_DAY = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def name(short):
    """``w:p`` as the parser calls it."""
    prefix, _colon, local = short.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def w(tag, *children, **attributes):
    """An element of Word; an attribute ``val`` is written ``w:val``, one that is None is left out."""
    element = etree.Element(name(f"w:{tag}"), nsmap=NAMES)
    for key, value in attributes.items():
        if value is not None:
            element.set(name(f"w:{key}"), str(value))
    element.extend([child for child in children if child is not None])
    return element


def text(words):
    """A text that keeps its blanks."""
    element = w("t")
    element.text = plain(words)
    element.set(f"{{{XML}}}space", "preserve")
    return element


def plain(words):
    """The words without what XML cannot hold."""
    return NOT_IN_XML.sub("", words)


def serialize(element):
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def package(parts):
    """The bytes of a package: ``parts`` by name, in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part, SOME_DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
