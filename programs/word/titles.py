"""Recognising a component by its title: number, accents, case and small differences are ignored. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher

KEYWORDS = r"(?:secci[oó]n|cap[ií]tulo|componente|apartado|t[ií]tulo|numeral|punto|inciso)"
NUMBER = r"(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])"
LEADING = re.compile(
    rf"^\s*(?:{KEYWORDS}\s+{NUMBER}\s*[.):\-–—]*|{NUMBER}\s*[.):\-–—]+)\s*(?=\S)", re.IGNORECASE
)
SIMILAR, WORTH_SUGGESTING = 0.86, 0.6
EXACT, CLOSE, NONE = "exact", "similar", "none"


def plain(words):
    """The words without accents, case or punctuation."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+", bare.lower()))


def bare(title):
    """A title without the number that was typed before it."""
    before = None
    while before != title:
        before, title = title, LEADING.sub("", title, count=1)
    return plain(title)


@dataclass(frozen=True)
class Found:
    slug: str = ""
    how: str = NONE
    suggestion: str = ""


@dataclass
class Titles:
    """Every title that a component has had, in every Guide, and those of the sections."""

    by_title: dict = field(default_factory=dict)
    sections: set = field(default_factory=set)

    def add(self, title, slug):
        """A title, and what stands before its colon, where that is a title by itself."""
        self.by_title.setdefault(bare(title), slug)
        if ":" in title:
            self.by_title.setdefault(bare(title.partition(":")[0]), slug)

    def exact(self, title):
        return self.by_title.get(bare(title), "")

    def is_section(self, title):
        return bare(title) in self.sections

    def find(self, title):
        """The component that a title names, or the one that it most resembles."""
        if slug := self.exact(title):
            return Found(slug, EXACT)
        if self.is_section(title):
            return Found()
        slug, likeness = self._closest(bare(title))
        if likeness >= SIMILAR:
            return Found(slug, CLOSE)
        return Found(suggestion=slug if likeness >= WORTH_SUGGESTING else "")

    def _closest(self, wanted):
        best, likeness = "", 0.0
        for known, slug in self.by_title.items():
            if (found := SequenceMatcher(None, wanted, known).ratio()) > likeness:
                best, likeness = slug, found
        return best, likeness
