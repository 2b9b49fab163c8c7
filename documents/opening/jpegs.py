"""A JPEG is a whole picture of the size it says, and nothing else."""

import io

from PIL.JpegImagePlugin import JpegImageFile

from documents.opening import disguises
from documents.opening.answers import Refused, damaged_as, said
from documents.opening.bounds import MAX_PIXELS

MARK, SCAN, END = 0xFF, 0xDA, b"\xff\xd9"
PIXELS_IN_A_BYTE = 512  # a block of 8 by 8 takes one bit at least


def answer(content):
    return said(look, content)


def look(content):
    with damaged_as("image_damaged"):
        _refuse_disguises(content)
        with JpegImageFile(io.BytesIO(content)) as image:
            width, height = image.size
            _refuse_size(width, height, len(content))
            image.draft(None, (max(1, width // 8), max(1, height // 8)))  # read whole, drawn small
            image.load()
    return "jpg"


def _refuse_size(width, height, received):
    if width * height > MAX_PIXELS:
        raise Refused("image_too_large")
    if width * height > received * PIXELS_IN_A_BYTE:
        raise Refused("image_lies")


def _refuse_disguises(content):
    scan = _first_scan(content)
    end = content.find(END, scan)
    if end < 0:
        raise Refused("image_damaged")
    disguises.refuse_page(content[:scan])
    disguises.refuse_page(content[end:])
    disguises.refuse_pdf(content)
    disguises.refuse_archive(content)


def _first_scan(content):
    """Where the picture itself begins, after the parts that are about it."""
    place = 2
    while content[place] == MARK and content[place + 1] != SCAN:
        is_filling = content[place + 1] == MARK
        place += 1 if is_filling else 2 + int.from_bytes(content[place + 2 : place + 4])
    if content[place] != MARK:
        raise Refused("image_damaged")
    return place
