"""Which thing of one edition is which of the other: by what is certain first, by likeness last. Pure."""

from collections import Counter
from dataclasses import dataclass

from programs.comparison.words import folded


@dataclass(frozen=True)
class Pair:
    """A thing before and after; one of the two is missing when it was added or removed."""

    before: object = None
    after: object = None

    @property
    def is_added(self):
        return self.before is None

    @property
    def is_removed(self):
        return self.after is None


def align(before, after, *, names, likeness=None, threshold=0.6):
    """Pair two lists: by each of the ``names`` in turn, then the most alike that remain.

    ``names`` are functions from a thing to what identifies it (nothing identifies when empty), or two
    of them where it is called one way before and another after. The pairs come in the order of
    ``after``; what was removed stands after what it followed.
    """
    matched: dict[int, int] = {}
    for name in names:
        called, calls_itself = name if isinstance(name, tuple) else (name, name)
        _match_by(called, calls_itself, before, after, matched)
    if likeness:
        _match_alike(likeness, before, after, matched, threshold)
    return _in_order(before, after, matched)


def likeness_of_words(one, other):
    """How many of their words two texts share: 1 all of them, 0 none."""
    return likeness_of_bags(Counter(folded(one).split()), Counter(folded(other).split()))


def likeness_of_bags(ours, theirs):
    """The same of words that are counted already."""
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _match_by(called, calls_itself, before, after, matched):
    taken = set(matched.values())
    free: dict[object, list[int]] = {}
    for here, thing in enumerate(before):
        if here not in taken and (name := called(thing)):
            free.setdefault(name, []).append(here)
    for there, thing in enumerate(after):
        if there not in matched and (candidates := free.get(calls_itself(thing))):
            matched[there] = candidates.pop(0)


def _match_alike(likeness, before, after, matched, threshold):
    """The most alike first; of two that are as much alike, the one that stands first."""
    taken = set(matched.values())
    likely = [
        (likeness(one, other), -there, -here)
        for there, other in enumerate(after)
        if there not in matched
        for here, one in enumerate(before)
        if here not in taken
    ]
    for ratio, there, here in sorted(likely, reverse=True):
        if ratio >= threshold and -there not in matched and -here not in taken:
            matched[-there] = -here
            taken.add(-here)


def _in_order(before, after, matched):
    removed = [here for here in range(len(before)) if here not in set(matched.values())]
    pairs = []
    for there, thing in enumerate(after):
        here = matched.get(there)
        if here is not None:
            pairs += [Pair(before=before[gone]) for gone in removed if gone < here]
            removed = [gone for gone in removed if gone > here]
        pairs.append(Pair(before[here] if here is not None else None, thing))
    return pairs + [Pair(before=before[gone]) for gone in removed]
