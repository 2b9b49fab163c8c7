"""The pieces of a Word document under way: runs, paragraphs, tables, and what they are numbered by. Pure."""

import itertools
from urllib.parse import urlsplit

from programs.word import ooxml
from programs.word.ooxml import BOOKMARK, LONGEST_TAG, MARK, w

TEXT_WIDTH = 9360  # twentieths of a point between the margins of a letter page
INDENT = 360
ADDRESSES = {"http", "https", "mailto", "tel"}
BULLETS, NUMBERS, HEADINGS = 1, 2, 3  # the abstract lists of numbering.xml
KINDS = {"a": 4, "A": 5, "i": 6, "I": 7}


class Book:
    """Hands out identifiers and remembers what other parts of the package have to say of them."""

    def __init__(self):
        self.links: dict[str, str] = {}
        self.lists: list = []
        self.long_tags: dict[str, str] = {}
        self.rows: list = []
        self._ids = itertools.count(1)

    # Text

    def run(self, words, *, bold=False, italic=False, style=None):
        properties = [
            w("rStyle", val=style) if style else None,
            w("b") if bold else None,
            w("i") if italic else None,
        ]
        said = w("rPr", *properties) if any(one is not None for one in properties) else None
        return w("r", said, ooxml.text(words))

    def paragraph(self, style, runs, *properties):
        return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)

    def gap(self):
        """Two tables that touch would become one."""
        return self.paragraph("TableGap", [])

    def link(self, address, runs):
        """A link to an address outside; to nothing that could run."""
        if urlsplit(address).scheme not in ADDRESSES:
            return runs
        known = self.links.setdefault(ooxml.plain(address), f"rLink{len(self.links) + 1}")
        element = w("hyperlink", *runs)
        element.set(ooxml.name("r:id"), known)
        return [element]

    def internal_link(self, bookmark, runs):
        return w("hyperlink", *runs, anchor=bookmark, history="1")

    def bookmark(self, label):
        """The two ends of a bookmark."""
        number = next(self._ids)
        return w("bookmarkStart", id=number, name=label), w("bookmarkEnd", id=number)

    def control(self, token, content):
        """A content control that remembers which reference its content shows."""
        return self._control(f"{MARK}:ref:{token}", token, content)

    def marked(self, kind, what, content):
        """A content control around blocks: what they are for whoever reads the document back."""
        return self._control(f"{MARK}:{kind}:{what}", what, content)

    def _control(self, tag, alias, content):
        if len(tag) > LONGEST_TAG:
            short = f"{MARK}:long:{len(self.long_tags) + 1}"
            self.long_tags[short], tag = tag, short
        properties = w(
            "sdtPr",
            w("alias", val=alias[:LONGEST_TAG]),
            w("tag", val=tag),
            w("id", val=next(self._ids)),
        )
        return w("sdt", properties, w("sdtContent", *content))

    # Lists and headings

    def list_number(self, is_ordered, start, depth, kind):
        """A list of its own, numbered from where it says."""
        abstract = KINDS.get(kind or "", NUMBERS) if is_ordered else BULLETS
        first = int(start) if is_ordered and (start or "").isdecimal() else 1
        return self._number(abstract, depth, first if is_ordered else None)

    def list_place(self, number, depth):
        """The place of a paragraph in a list; a paragraph that goes on in an item has none of its own."""
        if number is None:
            return w("ind", left=INDENT * 2 * (depth + 1))
        return w("numPr", w("ilvl", val=depth), w("numId", val=number))

    def heading_place(self, level, value):
        """The number of a heading, whatever number the one before it had."""
        return w("numPr", w("ilvl", val=level), w("numId", val=self._number(HEADINGS, level, value)))

    def _number(self, abstract, level, first):
        number = len(self.lists) + 1
        override = None
        if first is not None:
            override = w("lvlOverride", w("startOverride", val=first), ilvl=level)
        self.lists.append(w("num", w("abstractNumId", val=abstract), override, numId=number))
        return number

    # Tables

    def table(self, rows, columns, *, title="", names_rows=False, weights=None):
        """A table as wide as the text; its first row names its columns and is repeated on each page."""
        widths = _widths(columns, weights)
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": int(names_rows), "lastColumn": 0}
        properties = w(
            "tblPr",
            w("tblStyle", val="RulesTable"),
            w("tblW", w=5000, type="pct"),
            w("tblLook", val="04A0" if names_rows else "0420", noHBand=1, noVBand=1, **look),
            w("tblCaption", val=ooxml.plain(title)[:250]) if title else None,
        )
        return w("tbl", properties, w("tblGrid", *[w("gridCol", w=width) for width in widths]), *rows)

    def row(self, cells, *, is_header=False):
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if is_header else None), *cells)

    def cell(self, content, *, width, span=1, merge=None):
        properties = w(
            "tcPr",
            w("tcW", w=TEXT_WIDTH * span // max(width, 1), type="dxa"),
            w("gridSpan", val=span) if span > 1 else None,
            w("vMerge", val=merge) if merge else None,
        )
        return w("tc", properties, *content)

    def marked_row(self, model_name, row):
        """The two ends of the bookmark of a row of data, whose values the package keeps."""
        self.rows.append((model_name, row))
        return self.bookmark(f"{BOOKMARK}row_{len(self.rows)}")

    # Other parts of the package

    def kept(self):
        """Our own part: the long tags, and every value of every row of data."""
        root = ooxml.etree.Element(f"{{{ooxml.OURS}}}edition", nsmap={None: ooxml.OURS})
        for short, tag in self.long_tags.items():
            _under(root, "tag", short=short, tag=tag)
        for place, (model_name, row) in enumerate(self.rows, start=1):
            kept = _under(root, "row", id=f"{BOOKMARK}row_{place}", model=model_name, key=row.key)
            for field, value in row.values.items():
                _under(kept, "field", name=field).text = ooxml.plain(value)
        return root


def _under(parent, tag, **attributes):
    return ooxml.etree.SubElement(parent, f"{{{ooxml.OURS}}}{tag}", **attributes)


def _widths(columns, weights):
    weights = weights or [1] * columns
    return [TEXT_WIDTH * weight // sum(weights) for weight in weights]
