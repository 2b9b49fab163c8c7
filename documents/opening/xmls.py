"""XML read as a stream: no document type, no entities, nothing fetched, nothing without end."""

from xml.parsers import expat

from documents.opening.answers import Refused, damaged_as, said
from documents.opening.bounds import MAX_DEPTH, MAX_ELEMENTS

PAGES = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}


def answer(content):
    return said(look, content)


def look(content):
    with damaged_as("xml_damaged"):
        Reading(Page()).all(content)
    return "xml"


class Reading:
    """One XML text. ``heard`` is told of each element as it begins; nothing is kept."""

    def __init__(self, heard, *, doctype="xml_doctype", deep="xml_deep"):
        self.heard, self.doctype, self.deep = heard, doctype, deep
        self.depth, self.elements = 0, 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.ProcessingInstructionHandler = heard.instruction
        self.parser.CharacterDataHandler = heard.words

    @property
    def is_begun(self):
        return self.elements > 0

    def all(self, content):
        self.parser.Parse(content, True)

    def feed(self, piece):
        self.parser.Parse(piece, False)

    def end(self):
        self.parser.Parse(b"", True)

    def _document_type(self, *_declared):
        raise Refused(self.doctype)

    def _start(self, name, attributes):
        self.elements += 1
        self.depth += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise Refused(self.deep)
        self.heard.element(name, attributes)

    def _end(self, name):
        self.depth -= 1
        self.heard.end(name)


class Page:
    """An XML of data is no page: a browser that opened it would show it, and run it."""

    words = None  # nothing is asked of its text

    def element(self, name, attributes):
        for key, value in attributes.items():
            if key.startswith("xmlns") and value in PAGES:
                raise Refused("xml_page")

    def end(self, name):
        pass

    def instruction(self, target, _data):
        if target.lower() == "xml-stylesheet":
            raise Refused("xml_page")
