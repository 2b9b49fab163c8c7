"""Joining two texts written over the same one, paragraph by paragraph. Pure.

Where only one person changed a paragraph, theirs stands; where both did, each version is kept side by
side for a person to choose. Nothing that either wrote is ever left out.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

TAG = re.compile(r"<(/?)(\w+)[^>]*>")
VOID = {"br"}


@dataclass(frozen=True)
class Piece:
    """A run of paragraphs: ``html`` when it is settled, else what each of the two wrote."""

    html: str = ""
    theirs: str = ""
    mine: str = ""
    is_conflict: bool = False


@dataclass(frozen=True)
class Merge:
    """Two texts joined: settled runs and conflicts, in the order in which they are read."""

    pieces: list

    @property
    def is_clean(self):
        return not any(piece.is_conflict for piece in self.pieces)

    @property
    def conflicts(self):
        return [piece for piece in self.pieces if piece.is_conflict]

    @property
    def html(self):
        """The joined text. Only for a merge without conflicts."""
        return "".join(piece.html for piece in self.pieces)


def paragraphs(html):
    """The top-level elements of a sanitised text, each whole; stray text counts as one."""
    found, begin, depth = [], 0, 0
    for tag in TAG.finditer(html):
        if tag[2] in VOID:
            continue
        if not tag[1] and depth == 0:
            found.append(html[begin : tag.start()])
            begin = tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(html[begin : tag.end()])
            begin = tag.end()
    return [each for each in (*map(str.strip, found), html[begin:].strip()) if each]


def merge(base, theirs, mine):
    """Join two texts written over ``base``. Without a base every difference is a conflict."""
    if theirs == mine:
        return Merge([Piece(html=mine)])
    if base is None:
        return Merge([Piece(theirs=theirs, mine=mine, is_conflict=True)])
    return Merge(_pieces(paragraphs(base), paragraphs(theirs), paragraphs(mine)))


def merge_whole(base, theirs, mine):
    """Join two short plain texts (a summary): whole, never paragraph by paragraph."""
    return Merge([_settled(base, theirs, mine)])


def _pieces(base, theirs, mine):
    """Between two paragraphs that nobody touched, what each wrote is compared with what stood there."""
    in_theirs, in_mine = _places(base, theirs), _places(base, mine)
    untouched = [at for at in range(len(base)) if at in in_theirs and at in in_mine]
    pieces, begin = [], (0, 0, 0)
    for at in [*untouched, None]:
        end = (len(base), len(theirs), len(mine)) if at is None else (at, in_theirs[at], in_mine[at])
        pieces += _between(*(part[a:b] for part, a, b in zip((base, theirs, mine), begin, end, strict=True)))
        if at is not None:
            pieces.append(Piece(html=base[at]))
            begin = tuple(place + 1 for place in end)
    return pieces


def _places(base, other):
    """Where each paragraph of the base that stands unchanged is found in the other text."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _between(base, theirs, mine):
    if not (theirs or mine):
        return
    if not base and theirs != mine:
        yield Piece(html="".join([*theirs, *mine]))  # both added here: both stay
    elif len(base) == len(theirs) == len(mine):
        yield from (_settled(*three) for three in zip(base, theirs, mine, strict=True))
    else:
        yield _settled("".join(base), "".join(theirs), "".join(mine))


def _settled(base, theirs, mine):
    if base == theirs or theirs == mine:
        return Piece(html=mine)
    if base == mine:
        return Piece(html=theirs)
    return Piece(theirs=theirs, mine=mine, is_conflict=True)
