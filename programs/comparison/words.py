"""Differences word by word. Pure.

A text is cut into words, blanks and signs, none of which is lost: the pieces joined are the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

PIECE = re.compile(r"<[^>]*>|\w+|\s+|.", re.DOTALL)
WORD = re.compile(r"\w")


class Run(Enum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Edit:
    """Between two places of a text, what stands there from now on."""

    start: int
    end: int
    text: str


def pieces(text):
    """The words, blanks, signs and tags of a text, in order and without loss."""
    return PIECE.findall(text)


def folded(text):
    """As people search: no capitals and no accents."""
    if str(text).isascii():
        return str(text).casefold()
    bare = unicodedata.normalize("NFKD", str(text))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()


def edits(before, after):
    """The fewest places of ``before`` that must be written anew to read ``after``."""
    ours, theirs = pieces(before), pieces(after)
    places = _places(ours)
    return [
        Edit(places[i], places[j], "".join(theirs[k:m]))
        for tag, i, j, k, m in _opcodes(ours, theirs)
        if tag != "equal"
    ]


def apply(changes, before):
    """The text with its edits written into it."""
    written, place = [], 0
    for edit in changes:
        written += [before[place : edit.start], edit.text]
        place = edit.end
    return "".join(written) + before[place:]


def runs(before, after, key=str):
    """Two lists of pieces as one: each run kept (as in ``after``), removed or added.

    ``key`` says what of a piece is compared. Blanks and signs alone between two changes join them, so
    that a sentence written anew reads as one change.
    """
    joined: list[list] = []
    ours, theirs = [key(piece) for piece in before], [key(piece) for piece in after]
    for tag, i, j, k, m in _opcodes(ours, theirs):
        if tag == "equal":
            joined.append([before[i:j], after[k:m], True])
        elif joined and not joined[-1][2]:
            joined[-1][0] += before[i:j]
            joined[-1][1] += after[k:m]
        else:
            joined.append([before[i:j], after[k:m], False])
    return [run for part in _without_crumbs(joined, key) for run in _as_runs(*part)]


def _opcodes(before, after):
    """How two lists differ. What they begin and end with alike is set aside first: it is most of them."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    tail = next((n for n in range(shorter - head) if before[-1 - n] != after[-1 - n]), shorter - head)
    ends = len(before) - tail, len(after) - tail
    matcher = SequenceMatcher(None, before[head : ends[0]], after[head : ends[1]], autojunk=False)
    between = [(tag, i + head, j + head, k + head, m + head) for tag, i, j, k, m in matcher.get_opcodes()]
    codes = [("equal", 0, head, 0, head), *between, ("equal", ends[0], len(before), ends[1], len(after))]
    return [code for code in codes if code[1] < code[2] or code[3] < code[4]]


def _as_runs(before, after, is_kept):
    if is_kept:
        return [(Run.KEPT, after)]
    return [run for run in ((Run.REMOVED, before), (Run.ADDED, after)) if run[1]]


def _without_crumbs(parts, key):
    """A kept part without any word between two changes becomes part of one change."""
    result: list[list] = []
    for place, (before, after, is_kept) in enumerate(parts):
        between = 0 < place < len(parts) - 1
        is_crumb = is_kept and between and not any(WORD.search(key(piece)) for piece in after)
        if result and not result[-1][2] and (is_crumb or not is_kept):
            result[-1][0] = [*result[-1][0], *before]
            result[-1][1] = [*result[-1][1], *after]
        else:
            result.append([list(before), list(after), is_kept])
    return result


def _places(parts):
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return places
