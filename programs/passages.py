"""Finding a commented passage again after the text changed: by its words and by those around it. Pure.

In the manner of the TextQuoteSelector of the W3C Web Annotation model: a quote with a prefix and a suffix.
Of several places that say the quote, it is the one whose surroundings are most like those of then. When
no place says it any more but its surroundings stand, what is between them is the passage, changed.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 64
ENOUGH = 12  # letters of a prefix or suffix that are enough to know a place by
MUCH_LONGER = 4


@dataclass(frozen=True)
class Anchor:
    """A passage by its own words and those before and after it."""

    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Place:
    """Where a passage stands now: ``found`` as it was, ``changed`` (``now`` says how), or ``gone``."""

    state: str
    start: int = 0
    end: int = 0
    now: str = ""


GONE = Place("gone")


def plain(text):
    """A text as it is compared: with single blanks."""
    return " ".join(text.split())


def anchor(text, quote, prefix="", suffix=""):
    """The passage with its surroundings in a plain text; None when it does not stand there."""
    place = locate(text, Anchor(plain(quote), plain(prefix), plain(suffix)))
    if place.state != "found":
        return None
    before, after = text[: place.start], text[place.end :]
    return Anchor(text[place.start : place.end], before[-AROUND:], after[:AROUND])


def locate(text, wanted):
    """Where the passage stands in the plain text of today."""
    if not wanted.quote:
        return GONE
    places = list(_places(text, wanted.quote))
    if not places:
        return _between(text, wanted)
    best = max(places, key=lambda start: _likeness(text, start, wanted))
    return Place("found", best, best + len(wanted.quote), wanted.quote)


def _places(text, quote):
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _likeness(text, start, wanted):
    """How like its surroundings are to those of then: 2 when they are the same."""
    end = start + len(wanted.quote)
    before = text[max(0, start - len(wanted.prefix)) : start]
    after = text[end : end + len(wanted.suffix)]
    return _ratio(before, wanted.prefix) + _ratio(after, wanted.suffix)


def _ratio(one, other):
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _between(text, wanted):
    """What stands between the surroundings of then, when both are still there, once, and in order."""
    if len(wanted.prefix.strip()) < ENOUGH or len(wanted.suffix.strip()) < ENOUGH:
        return GONE
    if text.count(wanted.prefix) != 1:
        return GONE
    start = text.index(wanted.prefix) + len(wanted.prefix)
    end = text.find(wanted.suffix, start)
    now = text[start:end].strip() if end >= 0 else ""
    if not now or len(now) > MUCH_LONGER * len(wanted.quote):
        return GONE
    return Place("changed", start, end, now)
