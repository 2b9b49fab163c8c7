"""Finding a passage in the text of a clause and marking it. Pure.

A passage is compared as people read it: tags and line breaks do not matter, words and accents do.
"""

import re
from html import unescape
from itertools import chain

TAG = re.compile(r"(<[^>]*>)")
BLOCK_TAG = re.compile(r"</?(p|h[1-6]|ul|ol|li|table|caption|thead|tbody|tr|th|td|br)\b", re.IGNORECASE)
CHARACTER_CODE = re.compile(r"&#?\w+;")
CHARACTER = re.compile(rf"{CHARACTER_CODE.pattern}|.", re.DOTALL)


def plain(html):
    """The text as it is read: without tags, with single blanks."""
    pieces = TAG.split(html)
    texts = [CHARACTER_CODE.sub(lambda code: unescape(code[0]), piece) for piece in pieces[::2]]
    breaks = [" " if BLOCK_TAG.match(tag) else "" for tag in pieces[1::2]] + [""]
    return " ".join("".join(chain.from_iterable(zip(texts, breaks, strict=True))).split())


def contains(html, passage):
    """The passage stands, word for word, in the text. An empty passage stands nowhere."""
    wanted = _normal(passage)
    return bool(wanted) and wanted in plain(html)


def mark(html, passage):
    """The HTML with the passage between ``<mark>`` tags, piece by piece where tags cut it; else unchanged."""
    letters, wanted = list(_letters(html)), _normal(passage)
    start = "".join(letter for letter, *_ in letters).find(wanted) if wanted else -1
    if start < 0:
        return html
    pieces = TAG.split(html)
    spans = {}
    for _letter, piece, begin, end in letters[start : start + len(wanted)]:
        if piece is not None:
            first, _last = spans.get(piece, (begin, end))
            spans[piece] = (first, end)
    for piece, (begin, end) in spans.items():
        text = pieces[piece]
        pieces[piece] = f"{text[:begin]}<mark>{text[begin:end]}</mark>{text[end:]}"
    return "".join(pieces)


def _normal(passage):
    return " ".join(passage.split())


def _letters(html):
    """Each letter that is read with the piece of HTML it comes from and its place there.

    A run of blanks is one blank; a tag that begins or ends a block is a blank without a place.
    """
    after_blank = True
    for number, piece in enumerate(TAG.split(html)):
        if TAG.fullmatch(piece):
            if BLOCK_TAG.match(piece) and not after_blank:
                yield " ", None, 0, 0
                after_blank = True
            continue
        for found in CHARACTER.finditer(piece):
            for letter in unescape(found[0]):
                if letter.isspace():
                    if not after_blank:
                        yield " ", number, *found.span()
                    after_blank = True
                else:
                    yield letter, number, *found.span()
                    after_blank = False
