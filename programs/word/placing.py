"""Which piece of a Word document goes to which component: a plan in which every piece has its place.

A unit is a heading with all that stands below it. What no title places waits for a person. Pure.
"""

import re
from dataclasses import dataclass, field

from programs.word.titles import NONE

CONTENTS_LINE = re.compile(r"(?:\.{4,}|…{2,}|\t)\s*\d{1,4}$")
LONGEST_TITLE = 160


@dataclass
class Unit:
    """A heading and what stands below it. ``level`` 0 is a heading that Word does not know as one."""

    heading: str
    level: int = 0
    slug: str = ""
    how: str = NONE
    suggestion: str = ""
    parts: list = field(default_factory=list)
    reason: str = ""
    summary: str = ""

    def add_text(self, html):
        if self.parts and "html" in self.parts[-1]:
            self.parts[-1]["html"] += html
        else:
            self.parts.append({"html": html})


class Placing:
    """Puts the pieces in units, in their order."""

    def __init__(self, titles, *, is_own=False):
        self.titles, self.is_own = titles, is_own
        self.units: list[Unit] = []
        self.tables: list[dict] = []
        self.sections: list[str] = []
        self.skipped: list[str] = []
        self.unit: Unit | None = None
        self.waiting = ""  # the heading under which what comes next stands, when it is no component's

    def place(self, pieces):
        for piece in pieces:
            getattr(self, f"_{piece['kind']}")(piece)
        return self

    def _contents(self, piece):
        self.skipped.append(piece["text"])

    def _title(self, piece):
        if self.is_own and not self.units:
            self.skipped.append(piece["text"])
        else:
            self._text(piece["html"])

    def _heading(self, piece):
        title = piece["text"]
        shown = f"{piece['label']} {title}".strip()
        found = self.titles.find(title)
        if found.slug and self._repeats(found.slug, piece["level"]):
            self._subheading(piece, shown)
        elif found.slug:
            self._begin(Unit(shown, piece["level"], found.slug, found.how))
        elif self.titles.is_section(title):
            self.sections.append(shown)
            self.unit, self.waiting = None, shown
        elif self.unit and piece["level"] > self.unit.level:
            self._subheading(piece, shown)
        else:
            self._begin(Unit(shown, piece["level"], suggestion=found.suggestion))

    def _repeats(self, slug, level):
        """A heading within a component that has the component's own title: “17.1 Complaints and reports”."""
        return self.unit is not None and self.unit.slug == slug and 0 < self.unit.level < level

    def _subheading(self, piece, shown):
        tag = "h3" if piece["level"] - self.unit.level == 1 or not self.unit.level else "h4"
        html = piece["html"]
        if piece["label"]:
            html = f"{shown.removesuffix(piece['text'])}{html}"
        self._text(f"<{tag}>{html}</{tag}>")

    def _prose(self, piece):
        if CONTENTS_LINE.search(piece["text"]) and len(piece["text"]) <= LONGEST_TITLE:
            self.skipped.append(piece["text"])
        elif slug := self._typed_title(piece):
            self._begin(Unit(piece["text"], 0, slug, "exact"))
        elif self.is_own and not self.units and not self.sections:
            self.skipped.append(piece["text"])
        else:
            self._text(piece["html"])

    def _typed_title(self, piece):
        """A paragraph that is a title in all but its style: the words of one, and made to stand out."""
        text = piece["text"]
        stands_out = piece.get("bold") or piece.get("label") or text.isupper()
        if not stands_out or len(text) > LONGEST_TITLE or piece["html"].count("<p>") != 1:
            return ""
        return self.titles.exact(text)

    def _caption(self, piece):
        self._text(f"<p>{piece['html']}</p>")

    def _reason(self, piece):
        self._here().reason = piece["text"]

    def _summary(self, piece):
        self._here().summary = piece["text"]

    def _table(self, piece):
        caption = f"<caption>{piece['caption']}</caption>" if piece["caption"] else ""
        self.tables.append(piece | {"html": f"<table>{caption}{piece['html']}</table>"})
        self._here().parts.append({"table": len(self.tables) - 1})

    def _text(self, html):
        self._here().add_text(html)

    def _begin(self, unit):
        self.unit = unit
        self.units.append(unit)

    def _here(self):
        if self.unit is None:
            self._begin(Unit(self.waiting))
        return self.unit
