"""The sequencer: it seals what the trail gained, in order, into the tree, and signs where the log stands.

Entries are written by acts without any lock; one sequencer at a time (a row that is locked) gives those that
were committed their place. Whatever happens between the two steps is made up for the next time.
"""

import hashlib
import secrets
from functools import reduce
from operator import or_

import rfc8785
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import checkpoints, tree
from accounts.models import TrailEntry, TrailLeaf, TrailLeafSalt, TrailNode
from jobs import locks
from jobs.models import Lease

LEASE = "trail"
MOST = 500  # entries sealed in one transaction, so that nobody waits long for it
FIELDS = (
    "act", "subject_label", "subject_id", "subject_name", "from_state", "to_state", "by_id", "note",
    "sealed_fields", "digest",
)  # fmt: skip


def run():
    """Seal everything that waits, and sign. Gives how many entries were sealed."""
    total = 0
    while sealed := seal():
        total += sealed
    sign()
    return total


@transaction.atomic
def seal():
    """Give the next entries their place in the log. Gives how many."""
    _alone()
    waiting = list(TrailEntry.objects.filter(leaf=None).order_by("pk")[:MOST])
    if waiting:
        _append(waiting, size(), at=timezone.now())
    return len(waiting)


@transaction.atomic
def sign():
    """Sign where the log stands, unless that was signed already. Gives the newest checkpoint."""
    _alone()
    newest, now = checkpoints.latest(), size()
    if now and (newest is None or newest.size < now):
        newest = checkpoints.sign(now, root(now), timezone.now())
        checkpoints.keep(newest)
    return newest


def size():
    """How many leaves the log has."""
    last = TrailLeaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def root(count):
    """The root of the first ``count`` leaves, in hex."""
    return _from_nodes(lambda node: tree.root(count, node)).hex()


def _from_nodes(compute):
    """What ``compute`` makes of the kept nodes, read in one question: it is asked first which it needs."""
    wanted = set()

    def note(level, place):
        wanted.add((level, place))
        return b""

    compute(note)
    found = _read(wanted)
    return compute(lambda level, place: found[level, place])


def _read(wanted):
    """Kept nodes, in bytes, by level and place."""
    asked = reduce(or_, (Q(level=level, place=place) for level, place in wanted), Q(pk=None))
    rows = TrailNode.objects.filter(asked).values_list("level", "place", "hash")
    return {(level, place): bytes.fromhex(value) for level, place, value in rows}


def commitment(entry, salt):
    """What a leaf commits to: the salted hash of the whole entry, in hex."""
    return hashlib.sha256(f"{salt}\n".encode() + said_by(entry)).hexdigest()


def said_by(entry):
    """The entry as canonical text (RFC 8785), in bytes."""
    said = {name: getattr(entry, name) for name in FIELDS}
    said |= {name: getattr(entry, name).isoformat(timespec="microseconds") for name in ("at", "recorded_at")}
    return rfc8785.dumps(said)


def leaf_of(commitment_in_hex):
    return tree.leaf_hash(bytes.fromhex(commitment_in_hex))


def proof_of(entry):
    """That the entry lies in the log, for whoever may read it: with it and a checkpoint anybody verifies it.

    None while it waits for its place or the log for its signature: a minute at most.
    """
    leaf = TrailLeaf.objects.select_related("salt").filter(entry=entry).first()
    signed = checkpoints.latest()
    if leaf is None or signed is None or signed.size <= leaf.index or not hasattr(leaf, "salt"):
        return None
    proof = _from_nodes(lambda node: tree.inclusion_proof(leaf.index, signed.size, node))
    return {
        "entry": said_by(entry).decode(),
        "salt": leaf.salt.salt,
        "index": leaf.index,
        "proof": [one.hex() for one in proof],
        "checkpoint": signed.as_data(),
        "public_key": checkpoints.public_key(),
    }


def _alone():
    """Nobody else seals until this transaction ends."""
    Lease.objects.get_or_create(name=LEASE, defaults={"holder": "", "until": timezone.now()})
    locks.exclusive(Lease.objects.filter(name=LEASE))


def _append(entries, first, *, at):
    leaves, salts, fresh = [], [], {}
    known = _read(_left_of(first))
    for index, entry in enumerate(entries, start=first):
        salt = secrets.token_hex(16)
        leaf = TrailLeaf(index=index, entry=entry, commitment=commitment(entry, salt), sealed_at=at)
        leaves.append(leaf)
        salts.append(TrailLeafSalt(leaf=leaf, salt=salt))
        _grow(index, leaf_of(leaf.commitment), fresh, known)
    TrailLeaf.objects.bulk_create(leaves)
    TrailLeafSalt.objects.bulk_create(salts)
    TrailNode.objects.bulk_create(
        TrailNode(level=level, place=place, hash=value.hex()) for (level, place), value in fresh.items()
    )


def _left_of(count):
    """The roots of the complete subtrees that stand when the log has ``count`` leaves."""
    return [(level, (count >> level) - 1) for level in range(count.bit_length()) if count >> level & 1]


def _grow(index, leaf, fresh, known):
    """Put the leaf and every node that it completes among the fresh ones."""
    fresh[0, index] = leaf
    for level, place in tree.completed_by(index):
        left, right = (level - 1, 2 * place), (level - 1, 2 * place + 1)
        fresh[level, place] = tree.parent(fresh[left] if left in fresh else known[left], fresh[right])
