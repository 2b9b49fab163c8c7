"""Is the log still what was signed? Every leaf is computed again and compared with the checkpoints outside.

Found and named: an entry that was changed or removed, a leaf that was moved, removed or put in, a log that
was rewritten as a whole or rolled back to an earlier day.
"""

from itertools import islice, pairwise

from accounts import checkpoints, sequencing, tree
from accounts.models import TrailEntry, TrailLeaf, TrailLeafSalt, TrailNode

CHUNK = 1000


def differences():
    """What is wrong with the log, in words, the oldest first; nothing when it is as it was signed."""
    signed = list(checkpoints.kept())
    genuine = {one for one in signed if one.is_genuine()}
    yield from _signatures(signed, genuine)
    roots = _Roots({one.size: one for one in genuine})
    count = 0
    for leaf in _leaves():
        yield from _wrong_with(leaf, count)
        count = leaf.index + 1
        yield from roots.after(leaf)
    if signed and count < signed[-1].size:
        newest = signed[-1]
        yield f"the log was rolled back: it has {count} leaves, and {newest.size} were signed on {newest.at}"


class _Roots:
    """Computes the root after each leaf and compares it where a checkpoint was signed."""

    def __init__(self, signed):
        self.signed, self.stack, self.is_told, self.good = signed, [], False, 0

    def after(self, leaf):
        self._push(0, sequencing.leaf_of(leaf.commitment))
        checkpoint = self.signed.get(leaf.index + 1)
        if checkpoint is None or self.is_told:
            return
        if self._root() == checkpoint.root:
            self.good = checkpoint.size
            return
        self.is_told = True  # every later root differs too
        yield (
            f"the log is not what was signed on {checkpoint.at}: "
            f"a leaf from {self.good} to {checkpoint.size - 1} was rewritten"
        )

    def _push(self, level, value):
        while self.stack and self.stack[-1][0] == level:
            value = tree.parent(self.stack.pop()[1], value)
            level += 1
        self.stack.append((level, value))

    def _root(self):
        value = self.stack[-1][1]
        for _level, left in reversed(self.stack[:-1]):
            value = tree.parent(left, value)
        return value.hex()


def _signatures(signed, genuine):
    for one in signed:
        if one not in genuine:
            yield f"the checkpoint of {one.at} (size {one.size}) is not signed by this portal"
    for earlier, later in pairwise(signed):
        if later.size < earlier.size:
            yield f"the checkpoint of {later.at} counts fewer leaves than the one before"


def _leaves():
    """The leaves in order; each with its ``found`` entry, salt and node, or None for what is missing."""
    in_order = TrailLeaf.objects.order_by("index").iterator(CHUNK)
    while leaves := list(islice(in_order, CHUNK)):
        entries = TrailEntry.objects.in_bulk([leaf.entry_id for leaf in leaves])
        indexes = [leaf.index for leaf in leaves]
        salts = TrailLeafSalt.objects.in_bulk(indexes)
        nodes = dict(TrailNode.objects.filter(level=0, place__in=indexes).values_list("place", "hash"))
        for leaf in leaves:
            leaf.found = entries.get(leaf.entry_id)
            leaf.found_salt = salts.get(leaf.index)
            leaf.found_node = nodes.get(leaf.index)
            yield leaf


def _wrong_with(leaf, expected):
    if leaf.index > expected:
        yield f"leaves {expected} to {leaf.index - 1} of the log are missing"
    name = f"leaf {leaf.index} (entry {leaf.entry_id})"
    if leaf.found is None:
        yield f"{name}: the entry is missing"
    elif leaf.found_salt and sequencing.commitment(leaf.found, leaf.found_salt.salt) != leaf.commitment:
        about = leaf.found
        yield f"{name}: {about.act} of {about.subject_label} {about.subject_name} is not what was sealed"
    if leaf.found_node != sequencing.leaf_of(leaf.commitment).hex():
        yield f"{name}: its place in the tree holds something else"
