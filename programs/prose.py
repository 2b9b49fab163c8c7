"""The prose of a component: what HTML it may hold, and how plain typing becomes it. Pure."""

import re

import nh3
from django.utils.html import linebreaks

TAGS = {
    "h3", "h4", "p", "br", "ul", "ol", "li", "strong", "em", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start", "type"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
ADDRESSES = {"http", "https", "mailto", "tel"}
BLOCK = re.compile(r"<(p|h3|h4|ul|ol|table)\b")
EMPTY = re.compile(r"(\s|&nbsp;|\xa0|<br>|<p>|</p>)*")
TOKEN_ON_ITS_LINE = re.compile(r"^[ \t]*(\[\[[^\[\]<>]+\]\])[ \t]*$", re.MULTILINE)
BARE_HEADING_CELL = re.compile(r"<th(?=[\s>])(?![^>]*\bscope=)")


def _attribute(tag, name, value):
    if name == "scope" and value not in ("col", "row", "colgroup", "rowgroup"):
        return None
    if name == "type" and value not in ("1", "a", "A", "i", "I"):
        return None
    if name in ("colspan", "rowspan", "start") and not value.isdigit():
        return None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes=ADDRESSES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)


def clean(text):
    """The text with nothing but the allowed HTML; plain typing becomes paragraphs, emptiness nothing.

    A reference on a line of its own is a paragraph of its own (it may show a list). A heading cell
    without its direction heads its column.
    """
    cleaned = _cleaner.clean(text.replace("\r\n", "\n")).strip()
    if EMPTY.fullmatch(cleaned):
        return ""
    if not BLOCK.search(cleaned):
        cleaned = _cleaner.clean(linebreaks(cleaned))
    cleaned = TOKEN_ON_ITS_LINE.sub(r"<p>\1</p>", cleaned)
    return BARE_HEADING_CELL.sub('<th scope="col"', cleaned)


def words(text):
    """How many words a person reads in the text."""
    return len(re.sub(r"<[^>]+>", " ", text).split())
