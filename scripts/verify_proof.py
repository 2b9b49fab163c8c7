#!/usr/bin/env python3
"""Checks, without the portal and with nothing but Python, what the portal says of its trail.

    python3 verify_proof.py proof.json            one entry lies in the log that was signed
    python3 verify_proof.py --log FOLDER          the leaves published day by day give the signed roots

``--key`` names the portal's public key (base64), as its page of the log shows it: keep your own copy of it
and of the checkpoints. Without it the key that comes with the file is believed, which proves less.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

# --- Ed25519 (RFC 8032, 5.1) --------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def square_root(y, sign):
    """The x of the point with that y and sign, or None."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x % 2 != sign else x


def point(data):
    """The point that 32 bytes stand for, in extended coordinates, or None."""
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= P:
        return None
    x = square_root(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(count, what):
    total = (0, 1, 1, 0)
    while count:
        if count & 1:
            total = add(total, what)
        what, count = add(what, what), count >> 1
    return total


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (square_root(BASE_Y, 0), BASE_Y, 1, square_root(BASE_Y, 0) * BASE_Y % P)


def is_signed(key, signature, text):
    """Whether the holder of the key signed the text."""
    if len(key) != 32 or len(signature) != 64:
        return False
    holder, committed = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if holder is None or committed is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(scalar, BASE), add(committed, times(challenge, holder))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the tree (RFC 6962, 2.1) -------------------------------------------------------------------------------


def leaf_hash(content):
    return hashlib.sha256(b"\x00" + content).digest()


def parent(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_proof(index, size, leaf, proof):
    sides, first, after = [], 0, size
    while after - first > 1:
        middle = first + (1 << (after - first - 1).bit_length() - 1)
        sides.append(index < middle)
        first, after = (first, middle) if index < middle else (middle, after)
    if not 0 <= index < size or len(sides) != len(proof):
        raise Wrong("the proof does not fit its place")
    for is_left, other in zip(reversed(sides), proof, strict=True):
        leaf = parent(leaf, other) if is_left else parent(other, leaf)
    return leaf


def roots(leaves):
    """The root after each leaf: (how many, root)."""
    stack = []
    for count, value in enumerate(leaves, start=1):
        level = 0
        while stack and stack[-1][0] == level:
            value, level = parent(stack.pop()[1], value), level + 1
        stack.append((level, value))
        reached = stack[-1][1]
        for _level, left in reversed(stack[:-1]):
            reached = parent(left, reached)
        yield count, reached.hex()


# --- what is checked ----------------------------------------------------------------------------------------


class Wrong(Exception):
    """What does not agree, in words."""


def check_signature(checkpoint, key):
    said = [checkpoint["origin"], str(checkpoint["size"]), checkpoint["root"], checkpoint["at"]]
    text = ("\n".join(said) + "\n").encode()
    if not is_signed(base64.b64decode(key), base64.b64decode(checkpoint["signature"]), text):
        raise Wrong(f"the checkpoint of {checkpoint['at']} is not signed with that key")


def check_proof(path, key):
    said = json.loads(Path(path).read_text(encoding="utf-8"))
    check_signature(said["checkpoint"], key or said["public_key"])
    commitment = hashlib.sha256(f"{said['salt']}\n{said['entry']}".encode()).digest()
    proof = [bytes.fromhex(one) for one in said["proof"]]
    reached = root_from_proof(said["index"], said["checkpoint"]["size"], leaf_hash(commitment), proof)
    if reached.hex() != said["checkpoint"]["root"]:
        raise Wrong("the entry does not lie in the log that was signed")
    return (
        f"Entry {said['index']} of {said['checkpoint']['size']}, in the log as it was signed on "
        f"{said['checkpoint']['at']}:\n{said['entry']}"
    )


def check_log(folder, key):
    """The days in order, from the first: each a file as the portal publishes it."""
    days = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("????-??-??.json"))
    ]
    if not days:
        raise Wrong("there is no day in that folder")
    leaves, signed = [], {}
    for day in days:
        if day["first"] != len(leaves) and day["leaves"]:
            raise Wrong(f"{day['day']}: its first leaf should be {len(leaves)} and is {day['first']}")
        leaves += day["leaves"]
        for checkpoint in day["checkpoints"]:
            check_signature(checkpoint, key or day["public_key"])
            signed[checkpoint["size"]] = checkpoint
    for count, root in roots(leaf_hash(bytes.fromhex(one)) for one in leaves):
        if count in signed and signed.pop(count)["root"] != root:
            raise Wrong(f"the first {count} leaves are not those that were signed")
    if signed:
        raise Wrong(f"{min(signed)} leaves were signed and only {len(leaves)} are published")
    return f"{len(leaves)} leaves in {len(days)} days, as they were signed."


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("proof", nargs="?", help="a proof, as the page of a receipt gives it")
    parser.add_argument("--log", help="a folder with the days, as the page of the log gives them")
    parser.add_argument("--key", help="the portal's public key, in base64")
    given = parser.parse_args()
    if not given.proof and not given.log:
        parser.error("name a proof or --log FOLDER")
    try:
        print(check_log(given.log, given.key) if given.log else check_proof(given.proof, given.key))
    except (Wrong, KeyError, TypeError, ValueError, OSError) as reason:
        sys.exit(f"NOT PROVED: {reason}")


if __name__ == "__main__":
    main()
