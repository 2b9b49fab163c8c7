"""A PNG is a whole picture of the size it says, and nothing else. Read here, with no library of images."""

import struct
import zlib

from documents.opening import disguises
from documents.opening.answers import Refused, damaged_as, said
from documents.opening.bounds import MAX_PIXELS, MEGABYTE
from documents.opening.inflating import Inflation, Swells, size_of

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
MAX_WORDS = 4 * MEGABYTE
SLACK = 1024  # some programs add a few bytes to the last row


def answer(content):
    return said(look, content)


def look(content):
    with damaged_as("image_damaged"):
        disguises.refuse_pdf(content)
        disguises.refuse_archive(content)
        _read(content)
    return "png"


def _read(content):
    pieces = _chunks(content)
    kind, header = next(pieces)
    if kind != b"IHDR":
        raise Refused("image_damaged")
    expected = _expected(header)
    picture = Inflation(expected + SLACK)
    for kind, data in pieces:
        if kind == b"IDAT":
            _draw(picture, data)
        else:
            _refuse_words(kind, data)
    if picture.size < expected:
        raise Refused("image_damaged")


def _draw(picture, data):
    try:
        picture.feed(data)
    except Swells:
        raise Refused("image_lies") from None


def _chunks(content):
    """Each part with its kind, its sum checked; the last one ends the file."""
    place, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + size]
        (check,) = struct.unpack_from(">I", content, place + 8 + size)
        if zlib.crc32(data, zlib.crc32(kind)) != check:
            raise Refused("image_damaged")
        yield kind, data
        place += size + 12
    if content[place:].strip(b"\0\r\n "):
        raise Refused("two_in_one")


def _expected(header):
    """How many bytes the picture takes once unpacked."""
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if not (width and height) or depth not in DEPTHS.get(colour, ()) or packing or filtering:
        raise Refused("image_damaged")
    if width * height > MAX_PIXELS:
        raise Refused("image_too_large")
    bits = depth * SAMPLES[colour]
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    return sum(_rows(width, height, bits, one) for one in passes)


def _rows(width, height, bits, one):
    left, top, across, down = one
    columns, rows = -(-(width - left) // across), -(-(height - top) // down)
    return rows * (1 + (columns * bits + 7) // 8) if columns > 0 and rows > 0 else 0


def _refuse_words(kind, data):
    """Texts and profiles are compressed too, and may not swell; none of them is a page."""
    if kind in (b"tEXt", b"iTXt", b"eXIf"):
        disguises.refuse_page(data)
    try:
        size_of(_compressed(kind, data), MAX_WORDS)
    except Swells:
        raise Refused("image_lies") from None


def _compressed(kind, data):
    _name, _null, rest = data.partition(b"\0")
    if kind in (b"zTXt", b"iCCP"):
        return rest[1:]
    if kind == b"iTXt" and rest[:1] == b"\1":
        return rest[2:].split(b"\0", 2)[-1]
    return b""
