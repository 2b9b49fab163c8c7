"""What the styles of a Word document say of a paragraph: heading, title, caption, list, contents. Pure."""

import re

from programs.word.numbers import number, value
from programs.word.ooxml import name

HEADING = re.compile(r"^(?:heading|t[ií]tulo|encabezado)\s*(\d)$", re.IGNORECASE)
CONTENTS = re.compile(
    r"^(?:toc|tdc)\s*\d?|toc heading|table of (?:contents|figures)|[ií]ndice", re.IGNORECASE
)
TITLES = {"title", "título", "titulo", "subtitle", "subtítulo", "subtitulo"}
CAPTIONS = {"caption", "epígrafe", "descripción", "leyenda"}
MOST_STEPS = 20


class Looks:
    """The styles by their id, each with those it is based on."""

    def __init__(self, root):
        found = root.findall(name("w:style")) if root is not None else ()
        self.styles = {one.get(name("w:styleId"), ""): one for one in found}

    def label(self, style):
        """The name of a style as its author sees it."""
        return (value(self.styles.get(style), "w:name") or style or "").strip()

    def chain(self, style):
        """The style and those it is based on; a circle ends it."""
        seen = []
        while style in self.styles and style not in seen and len(seen) < MOST_STEPS:
            seen.append(style)
            style = value(self.styles[style], "w:basedOn")
        return [(one, self.styles[one]) for one in seen]

    def heading_level(self, style, properties):
        """1 for the highest heading; None for a paragraph that is none."""
        own = value(properties, "w:outlineLvl")
        if own is not None:
            return number(own) + 1 if number(own, 9) < 9 else None
        for one, element in self.chain(style):
            if match := HEADING.match(self.label(one)):
                return int(match[1])
            outline = value(element.find(name("w:pPr")), "w:outlineLvl")
            if outline is not None:
                return number(outline) + 1 if number(outline, 9) < 9 else None
        return None

    def is_contents(self, style):
        return bool(CONTENTS.match(self.label(style)))

    def is_title(self, style):
        return self.label(style).lower() in TITLES

    def is_caption(self, style):
        return self.label(style).lower() in CAPTIONS

    def is_bold(self, style):
        return any(is_on(element.find(name("w:rPr")), "w:b") for _one, element in self.chain(style))

    def list_place(self, style, properties, numbering):
        """The list and the depth of a paragraph: its own, or its style's. None when it is in no list."""
        found = _own_place(properties)
        if found is None:
            found = self._place_of_style(style, numbering)
        if found is None or found[0] in (None, "", "0"):
            return None
        return found[0], number(found[1])

    def _place_of_style(self, style, numbering):
        for one, element in self.chain(style):
            found = _own_place(element.find(name("w:pPr")))
            if found is None:
                continue
            abstract = numbering.abstract.get(found[0])
            of_style = numbering.by_style.get(one)
            depth = of_style[1] if of_style and of_style[0] == abstract else found[1]
            return found[0], depth
        return None


def _own_place(properties):
    element = properties.find(name("w:numPr")) if properties is not None else None
    if element is None:
        return None
    return value(element, "w:numId"), value(element, "w:ilvl")


def is_on(properties, mark):
    """A mark that stands and does not say that it is off."""
    found = value(properties, mark) if properties is not None else None
    return found is not None and found not in ("0", "false", "off", "none")
