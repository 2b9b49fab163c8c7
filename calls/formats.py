"""Which kinds of file a requirement accepts, from the words the Rules use. Pure."""

import re

from documents.intake import DEFAULT, TYPES

WORDS = {
    "pdf": ("pdf",),
    "jpg": ("jpg",),
    "jpeg": ("jpg",),
    "png": ("png",),
    "imagen": ("jpg", "png"),
    "image": ("jpg", "png"),
    "word": ("docx",),
    "docx": ("docx",),
    "excel": ("xlsx",),
    "xlsx": ("xlsx",),
    "xml": ("xml",),
}


def accepted(file_format):
    """«PDF o imagen» accepts pdf, jpg and png; words that name no kind accept the usual ones."""
    named = [kind for word in re.findall(r"[a-z]+", file_format.lower()) for kind in WORDS.get(word, ())]
    return tuple(dict.fromkeys(named)) or DEFAULT


def fits(document, file_format):
    """Whether a file that is kept already is of a kind that the requirement accepts."""
    return document.media_type in {TYPES[kind].media_type for kind in accepted(file_format)}
