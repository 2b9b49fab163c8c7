"""Paragraphs that Word numbers, put together as nested lists. Pure."""

from dataclasses import dataclass, field
from html import escape

CONTINUES = ("list continue", "lista con", "continuar lista")


@dataclass
class Items:
    """A list under way: its items hold paragraphs and further lists."""

    tag: str
    type: str
    depth: int
    start: int
    items: list = field(default_factory=list)

    @property
    def next_value(self):
        return self.start + len(self.items)

    def html(self):
        start = f' start="{self.start}"' if self.tag == "ol" and self.start != 1 else ""
        kind = f' type="{self.type}"' if self.tag == "ol" and self.type not in ("", "1") else ""
        return f"<{self.tag}{start}{kind}>{''.join(map(_item, self.items))}</{self.tag}>"


def _item(parts):
    return f"<li>{''.join(part if isinstance(part, str) else part.html() for part in parts)}</li>"


class ListBuilder:
    """Gathers neighbouring numbered paragraphs; ``close`` hands the finished list to the reader."""

    def __init__(self, reader):
        self.reader = reader
        self.open: list[Items] = []
        self.root: Items | None = None
        self.texts: list[str] = []

    def goes_on(self, style):
        """A paragraph that continues the item before it."""
        return bool(self.open) and self.reader.looks.label(style).lower().startswith(CONTINUES)

    def item(self, line, place):
        if place is None:
            self.open[-1].items[-1].append(f"<p>{line.html()}</p>")
            self.texts.append(line.text)
        elif not place.is_bullet and not place.type:
            self._clause(line, place)
        else:
            self._place_item(line, place)

    def _clause(self, line, place):
        """A number that HTML does not write by itself (4.1.2, 1.a) stays as words before the text."""
        self.close()
        words = f"{place.label} {line.text}"
        html = f"<p>{escape(place.label)} {line.html()}</p>"
        self.reader.prose(html, words, bold=line.is_bold, label=place.label)

    def _place_item(self, line, place):
        tag, kind = ("ul", "") if place.is_bullet else ("ol", place.type)
        while self.open and self.open[-1].depth > place.depth:
            self.open.pop()
        current = self.open[-1] if self.open else None
        if current is None:
            current = self._begin(tag, kind, place)
        elif current.depth < place.depth:
            nested = Items(tag, kind, place.depth, place.value if tag == "ol" else 1)
            current.items[-1].append(nested)
            self.open.append(nested)
            current = nested
        elif not _same(current, tag, kind, place):
            current = self._another(tag, kind, place)
        current.items.append([f"<p>{line.html()}</p>"])
        self.texts.append(line.text)

    def _begin(self, tag, kind, place):
        self.open = [Items(tag, kind, place.depth, place.value if tag == "ol" else 1)]
        self.root = self.open[0]
        return self.root

    def _another(self, tag, kind, place):
        """Another list at the same depth: beside the one before, inside the same item or on its own."""
        if len(self.open) == 1:
            self.close()
            return self._begin(tag, kind, place)
        self.open.pop()
        nested = Items(tag, kind, place.depth, place.value if tag == "ol" else 1)
        self.open[-1].items[-1].append(nested)
        self.open.append(nested)
        return nested

    def close(self):
        """The list ends here."""
        if not self.open:
            return
        html, text = self.root.html(), " ".join(self.texts)
        self.open, self.texts = [], []
        self.reader.prose(html, text)


def _same(current, tag, kind, place):
    if current.tag != tag or current.type != kind:
        return False
    return tag == "ul" or place.value == current.next_value
