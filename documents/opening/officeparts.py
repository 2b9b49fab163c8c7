"""The parts of a Word or Excel file, each read to its end: its sum, its XML, what it reaches for."""

import re

from documents.opening.answers import Refused
from documents.opening.bounds import MEGABYTE
from documents.opening.xmls import Reading

PIECE = 64 * 1024
READ_IN_FULL = 8 * MEGABYTE  # of all the XML of a package; of the rest, what stands before its root

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
PACKED_PROGRAMS = tuple(
    name.encode("utf-16-le") for name in ("Ole10Native", "_VBA_PROJECT", "EncryptedPackage")
)

REMOTE = re.compile(r"^(?:[a-z][a-z0-9+.-]+:|//)", re.IGNORECASE)  # "C:" is a disk of one's own
OF_A_DISK = re.compile(r"^(?:///?[a-z]:|///[^/])", re.IGNORECASE)
TO_BE_CLICKED = re.compile(r"^(?:(?:https?|mailto|tel|ftps?|file):|[^:]*$|#)", re.IGNORECASE)
OTHER_PROGRAM = re.compile(r"^\s*DDE(?:AUTO)?\b", re.IGNORECASE | re.MULTILINE)

NO_XML = (".vml", ".svg")  # drawings, which follow rules of their own


class Budget:
    """How much XML is still read in full."""

    def __init__(self):
        self.left = READ_IN_FULL


def read(name, part, budget):
    """Read a part to its end. Gives it back, from its beginning, when it is a package itself."""
    first = part.read(PIECE)
    if first.startswith(ZIP):
        part.seek(0)
        return part
    if first.startswith(PROGRAMS):
        raise Refused("office_programs")
    if first.startswith(OLE):
        _refuse_packed_programs(first + part.read())
    elif _is_xml(name, first):
        _read_xml(name, first, part, budget)
    while part.read(MEGABYTE):  # its sum is checked at its end
        pass
    return None


def _refuse_packed_programs(content):
    if any(name in content for name in PACKED_PROGRAMS):
        raise Refused("office_programs")


def _is_xml(name, first):
    """By its name or, where another name would hide it, by how it begins."""
    begins = first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
    return name.endswith((".xml", ".rels")) or (begins and not name.endswith(NO_XML))


def _read_xml(name, piece, part, budget):
    is_relations = name.endswith(".rels")
    heard = Relations() if is_relations else Fields()
    reading = Reading(heard, doctype="office_doctype", deep="office_deep")
    while piece and (is_relations or budget.left > 0 or not reading.is_begun):
        reading.feed(piece)
        budget.left -= len(piece)
        piece = part.read(PIECE)
    if not piece:
        reading.end()
        heard.finish()


def read_whole(content, heard):
    """Read the XML of a part that is in memory already."""
    Reading(heard, doctype="office_doctype", deep="office_deep").all(content)


class Relations:
    """What a part names outside itself: other parts, or addresses, which may only be links to be clicked."""

    words = instruction = None

    def __init__(self):
        self.mains = []

    def element(self, _name, attributes):
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "").strip()
        if attributes.get("TargetMode", "").lower() == "external":
            _refuse_address(kind, target.replace("\\", "/"))
        elif kind == "officeDocument":
            self.mains.append(target)

    def end(self, name):
        pass

    def finish(self):
        pass


def _refuse_address(kind, target):
    if kind == "hyperlink":
        if not TO_BE_CLICKED.match(target):
            raise Refused("office_reaches")
    elif _is_remote(target):
        raise Refused("office_reaches")


def _is_remote(target):
    """Opening the document would ask another machine for it; a file on one's own disk asks nobody."""
    if target.lower().startswith("file:"):
        return not OF_A_DISK.match(target[5:])
    return bool(REMOTE.match(target))


class Fields:
    """The instructions of fields and the links to other programs."""

    instruction = None

    def __init__(self):
        self.is_instruction, self.instructions = False, []

    def element(self, name, attributes):
        local = name.rpartition(":")[2]
        self.is_instruction = local == "instrText"
        if local == "ddeLink":
            raise Refused("office_reaches")
        if local in ("fldChar", "fldSimple"):  # where an instruction begins
            self.instructions.append("\n")
            self.instructions += [value for key, value in attributes.items() if key.endswith("instr")]

    def end(self, name):
        self.is_instruction = False

    def words(self, words):
        if self.is_instruction:
            self.instructions.append(words)

    def finish(self):
        if OTHER_PROGRAM.search("".join(self.instructions)):
            raise Refused("office_reaches")
