"""A Word document read into pieces in their order: headings, texts, tables, and notes of the rest.

It runs in a process apart (``documents.bounded``) and knows neither Django nor the Guide: what each piece is
of is decided by who asked. ``answer`` gives JSON.
"""

import json
from dataclasses import dataclass, field
from html import escape

from programs.word import ooxml
from programs.word.inline import Inline, notes_of
from programs.word.lists import ListBuilder
from programs.word.looks import Looks
from programs.word.numbers import Numbering, value
from programs.word.ooxml import MARK, name
from programs.word.source import Refused, Source
from programs.word.wordtables import TableReader

THROUGH = {name("w:customXml"), name("w:smartTag"), name("w:ins"), name("w:moveTo"), name("w:sdtContent")}
MOST_PIECES = 20_000
MOST_NOTES = 500
DEEPEST_BOX = 4


@dataclass
class Notes:
    """What was found that is not placed as text, each kind with its words and where it stood."""

    found: list = field(default_factory=list)
    where: str = ""

    def add(self, kind, words):
        words = " ".join((words or "").split())[:2000]
        last = self.found[-1] if self.found else None
        if last and kind in ("inserted", "removed") and (last["kind"], last["where"]) == (kind, self.where):
            last["words"] = f"{last['words']} {words}".strip()[:2000]
        elif len(self.found) < MOST_NOTES:
            self.found.append({"kind": kind, "words": words, "where": self.where})


class Reader:
    """Walks the body of the document once."""

    def __init__(self, source):
        self.source, self.notes = source, Notes()
        self.looks = Looks(source.related("styles"))
        self.numbering = Numbering.read(source.related("numbering"))
        self.kept = _kept(source)
        footnotes = {
            (kind, key): words
            for kind in ("footnotes", "endnotes")
            for key, words in notes_of(source.related(kind)).items()
        }
        self.inline = Inline(source, self.notes, long_tags=self.kept["tags"], footnotes=footnotes)
        self.tables = TableReader(self)
        self.pieces: list[dict] = []
        self.lists = ListBuilder(self)
        self.context: list[str] = []

    def read(self):
        self.walk(self.source.document.find(name("w:body")))
        self.lists.close()
        self._around()
        own = {"rows": self.kept["rows"], "is_own": bool(self.kept["rows"] or self.kept["is_own"])}
        return {"pieces": self.pieces, "notes": self.notes.found, **own}

    def walk(self, parent):
        for node in parent:
            if len(self.pieces) > MOST_PIECES:
                raise Refused("too_large")
            self._node(node)

    def _node(self, node):
        if node.tag == name("w:p"):
            self.paragraph(node)
        elif node.tag == name("w:tbl"):
            self.lists.close()
            self._table(node)
        elif node.tag == name("w:sdt"):
            self._control(node)
        elif node.tag in THROUGH:
            self.walk(node)
        elif node.tag == name("w:altChunk"):
            self.notes.add("object", "")

    def _control(self, node):
        tag, content = self.inline.tag_of(node), node.find(name("w:sdtContent"))
        if content is None:
            return
        if _is_contents(node):
            self.add("contents", text=" ".join("".join(content.itertext()).split())[:200])
        elif tag.startswith(f"{MARK}:ref:"):
            self.prose(f"<p>[[{tag.removeprefix(f'{MARK}:ref:')}]]</p>", tag)
        elif tag.startswith(f"{MARK}:reason:"):
            self._reason(content)
        elif tag.startswith(f"{MARK}:summary:"):
            _title, *lines = [self.inline.read(one).text for one in content.iter(name("w:p"))] or [""]
            self.add("summary", text="\n".join(lines))
        else:
            self.context.append(tag)
            self.walk(content)
            self.context.pop()

    def _reason(self, content):
        words = " ".join(self.inline.read(one).text for one in content.iter(name("w:p")))
        self.add("reason", text=words.partition(":")[2].strip() or words)

    def add(self, kind, **said):
        self.lists.close()
        self.pieces.append({"kind": kind, **said})

    def prose(self, html, text, *, bold=False, style="", label=""):
        self.add("prose", html=html, text=text, bold=bold, style=style, label=label)

    # Paragraphs

    def paragraph(self, node):
        properties = node.find(name("w:pPr"))
        style = value(properties, "w:pStyle") or ""
        was_in_contents = self.inline.is_in_contents
        line = self.inline.read(node)
        in_contents = was_in_contents or self.inline.is_in_contents
        level = self.looks.heading_level(style, properties)
        place = self._place(style, properties)
        if line.text:
            self._say(line, style, level, place, is_contents=in_contents or self.looks.is_contents(style))
        self._hanging(line)

    def _place(self, style, properties):
        listed = self.looks.list_place(style, properties, self.numbering)
        return self.numbering.count(*listed) if listed else None

    def _say(self, line, style, level, place, *, is_contents):
        if is_contents:
            self.add("contents", text=line.text)
        elif self.looks.is_title(style):
            self.add("title", text=line.text, html=f"<p>{line.html()}</p>")
        elif level is not None:
            self._heading(line, level, place)
        elif place is not None or self.lists.goes_on(style):
            self.lists.item(line, place)
        elif self.looks.is_caption(style):
            self.add("caption", text=line.text, html=line.html(plain=True))
        else:
            self.prose(f"<p>{line.html()}</p>", line.text, bold=line.is_bold, style=self.looks.label(style))

    def _heading(self, line, level, place):
        label = place.label if place and not place.is_bullet else ""
        self.add("heading", level=level, text=line.text, html=line.html(plain=True), label=label)
        self.notes.where = f"{label} {line.text}".strip()[:200]

    def _hanging(self, line):
        for mark, words in line.feet:
            self.prose(f"<p>({mark}) {escape(words, quote=False)}</p>", words)
        for box in line.after:
            words = " ".join(one.text or "" for one in box.iter(name("w:t")))
            self.notes.add("box", words)
            if sum(1 for _one in box.iterancestors(name("w:txbxContent"))) < DEEPEST_BOX:
                self.walk(box)

    # Tables

    def _table(self, node):
        table = self.tables.read(node)
        marked = next((one for one in reversed(self.context) if one.startswith(f"{MARK}:table:")), "")
        caption = ""
        if self.pieces and self.pieces[-1]["kind"] == "caption":
            caption = self.pieces.pop()["html"]
        self.add("table", caption=caption, model=marked.removeprefix(f"{MARK}:table:"), **table)

    # What stands outside the body

    def _around(self):
        self.notes.where = ""
        for kind, note in (("header", "header"), ("footer", "footer")):
            for part in self.source.all_related(kind):
                words = " ".join(one.text or "" for one in part.iter(name("w:t"))) if part is not None else ""
                if words.strip() and not self.kept["is_own"]:
                    self.notes.add(note, words)
        for words in notes_of(self.source.related("comments")).values():
            self.notes.add("comment", words)


def _is_contents(control):
    gallery = next(
        control.iterfind(f"{name('w:sdtPr')}/{name('w:docPartObj')}/{name('w:docPartGallery')}"), None
    )
    return gallery is not None and "contents" in gallery.get(name("w:val"), "").lower()


def _kept(source):
    """Our own part: the tags too long for Word, and the values of each row of data."""
    kept: dict = {"tags": {}, "rows": {}, "is_own": False}
    for part in source.all_related("customXml"):
        if part is None or part.tag != f"{{{ooxml.OURS}}}edition":
            continue
        kept["is_own"] = True
        for one in part.findall(f"{{{ooxml.OURS}}}tag"):
            kept["tags"][one.get("short")] = one.get("tag")
        for one in part.findall(f"{{{ooxml.OURS}}}row"):
            values = {each.get("name"): each.text or "" for each in one}
            kept["rows"][one.get("id")] = {"model": one.get("model"), "key": one.get("key"), "values": values}
    return kept


def answer(content):
    """What the process apart answers: the pieces and notes, or why there are none."""
    try:
        said = Reader(Source(content)).read()
    except Refused as refusal:
        said = {"refused": str(refusal)}
    except RecursionError:
        said = {"refused": "too_large"}
    except MemoryError:
        said = {"refused": "too_large"}
    return json.dumps(said, ensure_ascii=False).encode()
