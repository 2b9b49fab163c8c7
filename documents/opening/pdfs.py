"""A PDF opens without a password, is whole, can be read to its end, and does nothing by itself."""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Stream

from documents.opening import disguises
from documents.opening.answers import Refused, damaged_as, said
from documents.opening.bounds import MAX_PAGES, MAX_UNPACKED_BYTES, MEGABYTE
from documents.opening.inflating import Swells, size_of

BLANK = b"\0\t\n\r\x1a "
MAX_PICTURE_PIXELS = 250_000_000  # a large plan, in black and white
SLACK = MEGABYTE
SWELLING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
FLATE = ("/FlateDecode", "/Fl")

# What qpdf says of a file that lost part of itself, or that leads nowhere.
LOST = ("loop", "unable to find trailer", "includes non-dictionary", "unexpected eof")

WORTH_A_LOOK = re.compile(
    rb"/(?:JS|JavaScript|Launch|ImportData|SubmitForm|GoToE|Rendition|RichMedia\w*|Movie|Sound|3D|XFA|EF|AA"
    rb"|OpenAction)(?![^\s/<>\[\]()%])"
)
ACTS = {
    "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute", "/Movie", "/Sound",
}  # fmt: skip
MEDIA = {"/RichMedia", "/Movie", "/Sound", "/3D"}
MAY_OPEN_WITH = {"/GoTo", "/Named"}  # at a page, or at the dialogue for printing


def answer(content):
    return said(look, content)


def look(content):
    with damaged_as("pdf_damaged"):
        _refuse_ends(content)
        with _opened(content) as pdf:
            _refuse_pages(pdf)
            _refuse_contents(pdf)
            _refuse_what_was_lost(pdf)
    return "pdf"


def _opened(content):
    try:
        pdf = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise Refused("pdf_protected") from None
    if pdf.is_encrypted:
        raise Refused("pdf_protected")
    return pdf


def _refuse_ends(content):
    """It begins as a PDF, ends as one, and neither end is something else as well."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Refused("pdf_damaged")
    disguises.refuse_archive(content)
    if content[end + 5 :].strip(BLANK):
        raise Refused("two_in_one")
    disguises.refuse_page(content[: content.find(b" obj")][:4096])


def _refuse_pages(pdf):
    if not len(pdf.pages):
        raise Refused("pdf_empty")
    if len(pdf.pages) > MAX_PAGES:
        raise Refused("pdf_too_long")


def _refuse_contents(pdf):
    budget = Budget()
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            budget.spend(thing)
            _refuse_active(thing.stream_dict)
        elif isinstance(thing, (Dictionary, Array)):
            _refuse_active(thing)


def _refuse_what_was_lost(pdf):
    if any(sign in warning.lower() for warning in pdf.get_warnings() for sign in LOST):
        raise Refused("pdf_damaged")


def _refuse_active(thing):
    if WORTH_A_LOOK.search(thing.unparse(resolved=True)):
        for one in _dictionaries(thing):
            _refuse_action(one)


def _dictionaries(thing):
    """The thing and what stands inside it, without following its references."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Dictionary):
            yield one
        children = one.values() if isinstance(one, Dictionary) else list(one)
        waiting.extend(c for c in children if isinstance(c, (Dictionary, Array)) and not c.is_indirect)


def _refuse_action(one):
    action = _named(one.get("/S"))
    if "/JS" in one or "/JavaScript" in one or action == "/JavaScript":
        raise Refused("pdf_script")
    if action in ACTS or _named(one.get("/Subtype")) in MEDIA or _has_any(one.get("/AA")):
        raise Refused("pdf_acts")
    if "/XFA" in one:
        raise Refused("pdf_form")
    if "/EF" in one:
        _refuse_attachment(one)
    _refuse_opening(one.get("/OpenAction"))


def _refuse_opening(action):
    does = _named(action.get("/S")) if isinstance(action, Dictionary) else "/GoTo"
    if does not in MAY_OPEN_WITH:
        raise Refused("pdf_script" if does == "/JavaScript" else "pdf_acts")


def _refuse_attachment(specification):
    """The XML of an electronic invoice may travel inside its PDF; nothing else may."""
    names = [str(specification[key]).lower() for key in ("/UF", "/F") if key in specification]
    files = list(specification.EF.values()) if isinstance(specification.EF, Dictionary) else []
    if not names or not files or not all(name.endswith(".xml") for name in names):
        raise Refused("pdf_attachment")
    for file in files:
        if not (isinstance(file, Stream) and _begins_as_xml(file)):
            raise Refused("pdf_attachment")


def _begins_as_xml(file):
    Budget().spend(file)
    return file.read_bytes().lstrip(b"\xef\xbb\xbf\t\r\n ").startswith(b"<?xml")


def _named(value):
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _has_any(value):
    return isinstance(value, Dictionary) and len(value) > 0


class Budget:
    """What all the streams of a PDF may become. Pictures are only as large as they say."""

    def __init__(self):
        self.texts, self.pictures = MAX_UNPACKED_BYTES, MAX_UNPACKED_BYTES

    def spend(self, stream):
        about = stream.stream_dict
        if "/F" in about:  # its bytes lie in another file, or at an address
            raise Refused("pdf_acts")
        filters = _filters(about)
        if sum(name in SWELLING for name in filters) > 1:
            raise Refused("pdf_swells")
        if _named(about.get("/Subtype")) == "/Image":
            self._picture(stream, about, filters)
        elif filters and filters[0] in FLATE:
            self.texts -= _size(stream, self.texts)

    def _picture(self, stream, about, filters):
        width, height = _number(about, "/Width", "/W"), _number(about, "/Height", "/H")
        if not 0 < width * height <= MAX_PICTURE_PIXELS:
            raise Refused("pdf_swells")
        if not filters or filters[0] not in FLATE or self.pictures <= 0:
            return
        largest = width * height * 8 + height + SLACK  # four inks of sixteen bits
        self.pictures -= _size(stream, min(largest, 4 * MAX_UNPACKED_BYTES))


def _size(stream, most):
    try:
        return size_of(stream.read_raw_bytes(), most)
    except Swells:
        raise Refused("pdf_swells") from None


def _filters(about):
    found = about.get("/Filter")
    return [_named(name) for name in found] if isinstance(found, Array) else [_named(found)] if found else []


def _number(about, *keys):
    return next((int(about[key]) for key in keys if key in about), 0)
