"""The prose of a clause as lines: paragraphs, headings, entries of lists and rows of tables. Pure.

Tables are kept row by row, so that a comparison never tears one apart.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import NamedTuple

from programs.comparison.words import folded

BLOCK_TAGS = {"p", "h3", "h4", "li", "caption"}
LISTS = {"ul", "ol"}
INLINE = {"strong", "em", "a"}
CELLS = {"td", "th"}
WORD = re.compile(r"\s+|(?:\$?\d+(?:[.,]\d+)*|\w+|[^\w\s])\s*")


class Word(NamedTuple):
    """A word or sign with the blanks after it, and the tags that stand around it."""

    text: str
    formats: tuple = ()

    @property
    def bare(self):
        return self.text.strip()


@dataclass
class Cell:
    tag: str
    span: str = ""
    words: list = field(default_factory=list)


@dataclass
class Line:
    """One line of a clause. ``group`` tells one list or table from the next; a row has cells, no words."""

    kind: str
    depth: int = 0
    list_tag: str = ""
    group: int = 0
    words: list = field(default_factory=list)
    cells: list = field(default_factory=list)

    @property
    def every_word(self):
        return [word for cell in self.cells for word in cell.words] if self.cells else self.words

    @cached_property
    def text(self):
        """The line as it is read, with single blanks; the cells of a row apart from one another."""
        parts = [cell.words for cell in self.cells] if self.cells else [self.words]
        return " | ".join(" ".join("".join(word.text for word in words).split()) for words in parts)

    @cached_property
    def bag(self):
        """The words of the line, counted, as likeness needs them."""
        return Counter(folded(self.text).split())

    @property
    def is_blank(self):
        return not any(word.text.strip() for word in self.every_word)


def lines(html):
    """The lines of sanitised HTML, in order. Nothing that is read is lost."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [line for line in reader.lines if not line.is_blank]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.line: Line | None = None
        self.cell: Cell | None = None
        self.lists: list[str] = []
        self.formats: list[tuple] = []
        self.group = 0

    def handle_starttag(self, tag, attrs):
        if tag in INLINE:
            self.formats.append((tag, dict(attrs).get("href") or ""))
        elif tag == "br":
            self._write([Word("\n", (("br", ""),))])
        elif tag in LISTS:
            self._open_list(tag)
        elif tag == "table":
            self.group += 1
        elif tag == "tr":
            self._begin("row")
        elif tag in CELLS:
            self._open_cell(tag, dict(attrs).get("colspan") or "")
        elif tag in BLOCK_TAGS and not self._is_inside(tag):
            self._begin(tag)

    def _open_list(self, tag):
        if not self.lists:
            self.group += 1
        self.lists.append(tag)
        self.line = None

    def _open_cell(self, tag, span):
        if self.line is None or self.line.kind != "row":
            self._begin("row")
        self.cell = Cell(tag, span)
        self.line.cells.append(self.cell)

    def _is_inside(self, tag):
        """A paragraph at the beginning of an entry, or in a cell, is no line of its own."""
        if self.cell is not None:
            return True
        return tag == "p" and bool(self.lists) and self.line is not None and self.line.is_blank

    def _begin(self, kind):
        self.line = Line(kind, len(self.lists), self.lists[-1] if self.lists else "", self.group)
        self.lines.append(self.line)

    def handle_endtag(self, tag):
        if tag in INLINE:
            self._close_format(tag)
        elif tag in LISTS and self.lists:
            self.lists.pop()
            self.line = None
        elif tag in CELLS:
            self.cell = None
        elif tag in BLOCK_TAGS | {"tr", "table"} and self.cell is None:
            self.line = None

    def _close_format(self, tag):
        for place in range(len(self.formats) - 1, -1, -1):
            if self.formats[place][0] == tag:
                del self.formats[place]
                return

    def handle_data(self, data):
        formats = tuple(self.formats)
        self._write([Word(piece, formats) for piece in WORD.findall(data)])

    def _write(self, words):
        if self.cell is not None:
            self.cell.words += words
        elif self.line is not None and self.line.kind != "row":
            self.line.words += words
        elif any(word.text.strip() for word in words):
            self._begin("p")
            self.line.words += words
