"""What one paragraph of Word says: words with bold, italics, links and references, and what hangs from it."""

import re
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from programs.word import ooxml
from programs.word.looks import is_on
from programs.word.numbers import value
from programs.word.ooxml import MARK, name

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
SYMBOL_FONTS_BEGIN = 0xF000
THROUGH = {
    name(f"w:{one}")
    for one in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo")
}
REMOVED = {name("w:del"), name("w:moveFrom")}
SAID_AS = {
    name("w:tab"): " ",
    name("w:br"): "\n",
    name("w:cr"): "\n",
    name("w:noBreakHyphen"): "\u2011",
}


@dataclass(frozen=True)
class Marks:
    bold: bool = False
    italic: bool = False
    address: str = ""


@dataclass
class Line:
    """A paragraph read: pieces of text with their marks, and what was found hanging from it."""

    runs: list = field(default_factory=list)
    after: list = field(default_factory=list)  # text boxes, as elements
    feet: list = field(default_factory=list)  # footnotes, as (mark, words)

    @property
    def text(self):
        return " ".join("".join(words for words, _marks in self.runs).split())

    @property
    def is_bold(self):
        said = [marks.bold for words, marks in self.runs if words.strip()]
        return bool(said) and all(said)

    def html(self, *, plain=False):
        """The allowed HTML of the words; ``plain`` leaves bold out, as a heading does."""
        found = []
        for marks, group in groupby(_trimmed(self.runs), key=lambda run: run[1]):
            words = escape("".join(words for words, _marks in group), quote=False).replace("\n", "<br>")
            found.append(words if not words.strip() else _wrapped(words, marks, plain))
        return "".join(found).strip()


def _trimmed(runs):
    """The pieces without blanks or breaks at either end."""
    runs = list(runs)
    while runs and not runs[0][0].strip():
        runs.pop(0)
    while runs and not runs[-1][0].strip():
        runs.pop()
    if runs:
        runs[0] = (runs[0][0].lstrip(), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    return runs


def _wrapped(words, marks, plain):
    if marks.italic:
        words = f"<em>{words}</em>"
    if marks.bold and not plain:
        words = f"<strong>{words}</strong>"
    if marks.address:
        words = f'<a href="{escape(marks.address)}">{words}</a>'
    return words


class Inline:
    """Reads paragraphs one after the other; a field may begin in one and end in another."""

    def __init__(self, source, notes, *, long_tags, footnotes):
        self.source, self.notes = source, notes
        self.long_tags, self.footnotes = long_tags, footnotes
        self.fields: list[dict] = []
        self.feet_count = 0

    @property
    def is_in_contents(self):
        return any(one["words"].strip().upper().startswith("TOC") for one in self.fields)

    def read(self, paragraph):
        line = Line()
        self._children(paragraph, line, Marks())
        return line

    def _children(self, parent, line, marks):
        for child in parent:
            self._node(child, line, marks)

    def _node(self, node, line, marks):
        tag = node.tag
        if tag == name("w:r"):
            self._run(node, line, marks)
        elif tag in THROUGH:
            self._tracked(node)
            self._children(node, line, marks)
        elif tag in REMOVED:
            self._note("removed", " ".join(_texts(node, "w:delText")) or " ".join(_texts(node, "w:t")))
        elif tag == name("w:hyperlink"):
            address = self.source.address(node.get(name("r:id")))
            self._children(node, line, Marks(marks.bold, marks.italic, address))
        elif tag == name("w:sdt"):
            self._control(node, line, marks)
        elif tag.startswith(MATH):
            self._formula(node, line, marks)

    def _tracked(self, node):
        if node.tag == name("w:ins"):
            self._note("inserted", " ".join(_texts(node, "w:t")))

    def _control(self, node, line, marks):
        token = self.tag_of(node).removeprefix(f"{MARK}:ref:")
        content = node.find(name("w:sdtContent"))
        if self.tag_of(node).startswith(f"{MARK}:ref:"):
            line.runs.append((f"[[{token}]]", _marks_of_first(content, marks)))
        elif content is not None:
            self._children(content, line, marks)

    def tag_of(self, control):
        tag = value(control.find(name("w:sdtPr")), "w:tag") or ""
        return self.long_tags.get(tag, tag)

    def _formula(self, node, line, marks):
        words = "".join(one.text or "" for one in node.iter(f"{MATH}t"))
        if words:
            line.runs.append((words, marks))
            self._note("formula", words)

    def _run(self, run, line, marks):
        properties = run.find(name("w:rPr"))
        if is_on(properties, "w:vanish"):
            self._note("hidden", " ".join(_texts(run, "w:t")))
            return
        marks = _marked(properties, marks)
        for child in run:
            self._in_run(child, line, self._linked(marks))

    def _linked(self, marks):
        """Inside the result of a link's field, the link."""
        for one in self.fields:
            if one["shows"] and (match := LINK_FIELD.match(one["words"])):
                return Marks(marks.bold, marks.italic, match[1])
        return marks

    def _in_run(self, child, line, marks):
        tag = child.tag
        if tag == name("w:fldChar"):
            self._field(child.get(name("w:fldCharType")))
        elif tag == name("w:instrText"):
            if self.fields:
                self.fields[-1]["words"] += child.text or ""
        elif any(not one["shows"] for one in self.fields):
            return
        elif tag == name("w:t"):
            line.runs.append((child.text or "", marks))
        elif tag in SAID_AS:
            line.runs.append((_break(child), marks))
        elif tag == name("w:sym"):
            line.runs.append((_symbol(child), marks))
        else:
            self._object(child, line, marks)

    def _field(self, kind):
        if kind == "begin":
            self.fields.append({"words": "", "shows": False})
        elif kind == "separate" and self.fields:
            self.fields[-1]["shows"] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _object(self, node, line, marks):
        if node.tag == f"{MC}AlternateContent":
            chosen = node.find(f"{MC}Choice")
            for one in chosen if chosen is not None else ():
                self._object(one, line, marks)
        elif node.tag in (name("w:footnoteReference"), name("w:endnoteReference")):
            self._foot(node, line, marks)
        elif node.tag in (name("w:drawing"), name("w:pict"), name("w:object")):
            self._drawn(node, line)

    def _foot(self, node, line, marks):
        kind = "footnotes" if node.tag == name("w:footnoteReference") else "endnotes"
        words = self.footnotes.get((kind, node.get(name("w:id"))), "")
        if words:
            self.feet_count += 1
            line.runs.append((f" ({self.feet_count})", marks))
            line.feet.append((self.feet_count, words))
            self._note("footnote", words)

    def _drawn(self, node, line):
        boxes = list(node.iter(name("w:txbxContent")))
        if boxes:
            line.after += boxes[:1]
            return
        said = next(node.iter(f"{DRAWING}docPr"), None)
        kind = "object" if node.tag == name("w:object") else "image"
        self._note(kind, (said.get("descr") or said.get("name") or "") if said is not None else "")

    def _note(self, kind, words):
        self.notes.add(kind, words)


def _marked(properties, marks):
    if properties is None:
        return marks
    style = (value(properties, "w:rStyle") or "").lower()
    return Marks(
        bold=marks.bold or is_on(properties, "w:b") or style == "strong",
        italic=marks.italic or is_on(properties, "w:i") or style == "emphasis",
        address=marks.address,
    )


def _marks_of_first(content, marks):
    first = next(content.iter(name("w:r")), None) if content is not None else None
    return marks if first is None else _marked(first.find(name("w:rPr")), marks)


def _break(child):
    """A soft break is one; where a page or a column ends is no matter of the text."""
    if child.tag == name("w:br") and child.get(name("w:type")) in ("page", "column"):
        return ""
    return SAID_AS[child.tag]


def _symbol(child):
    code = child.get(name("w:char"), "")
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    return "•" if place >= SYMBOL_FONTS_BEGIN or not place else ooxml.plain(chr(place))


def _texts(node, tag):
    return [one.text for one in node.iter(name(tag)) if one.text]


def notes_of(root):
    """The words of each footnote (or comment) by its number."""
    found = {}
    for one in root if root is not None else ():
        if one.get(name("w:type")) in (None, "normal"):
            words = " ".join("".join(_texts(p, "w:t")) for p in one.iter(name("w:p")))
            found[one.get(name("w:id"))] = " ".join(words.split())
    return found
