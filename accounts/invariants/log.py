"""What must hold of the sealed log. That it is still what was signed, ``manage.py verify_trail`` says."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from accounts import sequencing, tree
from accounts.models import TrailEntry, TrailLeaf, TrailLeafSalt, TrailNode
from jobs.soundness import CHUNK, former, invariant, out_of_sequence

SEALED_WITHIN = timedelta(days=1)
CLOCKS_APART = timedelta(minutes=5)


@invariant
def leaves_are_numbered_without_holes():
    """The leaves of the log are numbered from nothing, without holes."""
    return out_of_sequence(TrailLeaf.objects.all(), number="index", first=0)


@invariant
def leaves_have_their_entries():
    """Every leaf of the log belongs to an entry that is there."""
    return TrailLeaf.objects.filter(~Exists(TrailEntry.objects.filter(pk=OuterRef("entry_id"))))


@invariant
def leaves_commit_to_their_entries():
    """Every leaf of the log commits to its entry as it stands."""
    for leaf in TrailLeaf.objects.select_related("entry", "salt").iterator(CHUNK):
        salt = getattr(leaf, "salt", None)
        if salt and sequencing.commitment(leaf.entry, salt.salt) != leaf.commitment:
            yield leaf


@invariant
def leaves_lie_in_the_tree():
    """Every leaf of the log lies in the tree in its place."""
    node = TrailNode.objects.filter(level=0, place=OuterRef("index")).values("hash")[:1]
    for leaf in TrailLeaf.objects.annotate(lies=Subquery(node)).iterator(CHUNK):
        if leaf.lies != sequencing.leaf_of(leaf.commitment).hex():
            yield leaf


@invariant
def nodes_are_made_of_the_two_below():
    """Every node of the tree is the hash of the two nodes below it."""
    nodes = TrailNode.objects.filter(level__gt=0).annotate(left=_below(0), right=_below(1))
    for node in nodes.iterator(CHUNK):
        halves = node.left and node.right and (bytes.fromhex(node.left), bytes.fromhex(node.right))
        if not halves or tree.parent(*halves).hex() != node.hash:
            yield node


def _below(side):
    at = {"level": OuterRef("level") - 1, "place": OuterRef("place") * 2 + side}
    return Subquery(TrailNode.objects.filter(**at).values("hash")[:1])


@invariant
def salts_belong_to_leaves():
    """The salt of a leaf belongs to a leaf that is there."""
    return TrailLeafSalt.objects.filter(~Exists(TrailLeaf.objects.filter(pk=OuterRef("leaf_id"))))


@invariant
def entries_do_not_wait_for_their_place():
    """No entry of the trail waits for a day for its place in the log."""
    waiting = TrailEntry.objects.filter(leaf=None)
    return waiting.filter(recorded_at__lt=timezone.now() - SEALED_WITHIN)


@invariant
def leaves_are_sealed_one_after_the_other():
    """The leaves of the log were sealed in the order of their numbers, as far as clocks can tell."""
    told = TrailLeaf.objects.order_by().annotate(sealed_before=former("sealed_at", by=("index",)))
    return told.filter(sealed_before__gt=F("sealed_at") + CLOCKS_APART)
