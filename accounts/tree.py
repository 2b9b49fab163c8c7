"""The Merkle tree of RFC 6962: one root speaks for every leaf, in order. Pure.

Leaves and nodes are SHA-256 in bytes. The nodes that are kept are the roots of complete subtrees: ``(level,
place)`` covers the ``2**level`` leaves from ``place * 2**level`` on; level 0 holds the leaves themselves.
They are read through ``node(level, place)``.
"""

import hashlib


class WrongProof(ValueError):
    """A proof with too few or too many hashes, or of a leaf outside the tree."""


def leaf_hash(content):
    """The hash of a leaf: its content marked as a leaf, so that no node can pass for one."""
    return hashlib.sha256(b"\x00" + content).digest()


def parent(left, right):
    """The hash of two nodes, marked as a node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_by(index):
    """The nodes above level 0 that are complete once leaf ``index`` is there, the lowest first."""
    size, level = index + 1, 1
    while size % 2**level == 0:
        yield level, size // 2**level - 1
        level += 1


def root(size, node):
    """The root of the first ``size`` leaves; that of none is the hash of nothing."""
    return _of_range(0, size, node) if size else hashlib.sha256().digest()


def inclusion_proof(index, size, node):
    """The hashes that lead from leaf ``index`` to the root of ``size`` leaves, the nearest first."""
    if not 0 <= index < size:
        raise WrongProof
    path, first, after = [], 0, size
    while after - first > 1:
        middle = first + _split(after - first)
        if index < middle:
            path.append(_of_range(middle, after, node))
            after = middle
        else:
            path.append(_of_range(first, middle, node))
            first = middle
    return path[::-1]


def root_from_proof(index, size, leaf, proof):
    """The root to which a proof leads from a leaf at its place. Raises WrongProof.

    Whoever compares it with a root that was signed knows that the leaf was there.
    """
    if not 0 <= index < size:
        raise WrongProof
    sides, first, after = [], 0, size
    while after - first > 1:
        middle = first + _split(after - first)
        sides.append(index < middle)
        first, after = (first, middle) if index < middle else (middle, after)
    if len(sides) != len(proof):
        raise WrongProof
    for is_left, other in zip(reversed(sides), proof, strict=True):
        leaf = parent(leaf, other) if is_left else parent(other, leaf)
    return leaf


def _split(count):
    """The largest power of two below ``count``: how many leaves the left side holds."""
    return 1 << (count - 1).bit_length() - 1


def _of_range(first, after, node):
    """The root of the leaves from ``first`` on, ``after`` not included: ``first`` fits their number."""
    count = after - first
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, first >> level)
    middle = first + _split(count)
    return parent(_of_range(first, middle, node), _of_range(middle, after, node))
