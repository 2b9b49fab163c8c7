"""Signed checkpoints of the log, kept outside the database: whoever rewrites that cannot rewrite them.

A checkpoint says how many leaves the log had, their root, and when; it is signed with the portal's Ed25519
key. They lie in a folder (``TRAIL_DIR``), one file a day, one line each, appended and never changed. Copies
that others keep are what detects a portal that changes its own history (decision 19).
"""

import base64
import json
import os
from dataclasses import asdict, dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

ORIGIN = "armoniza"


@dataclass(frozen=True)
class Checkpoint:
    """``size`` leaves, their ``root`` in hex, ``at`` in ISO 8601, the ``signature`` in base64."""

    size: int
    root: str
    at: str
    signature: str

    def note(self):
        """The text that is signed."""
        return note(self.size, self.root, self.at)

    def is_genuine(self):
        """Whether the portal's key signed it."""
        try:
            _key().public_key().verify(base64.b64decode(self.signature), self.note())
        except (InvalidSignature, ValueError):
            return False
        return True

    def as_data(self):
        return {"origin": ORIGIN, **asdict(self)}


def note(size, root, at):
    return f"{ORIGIN}\n{size}\n{root}\n{at}\n".encode()


def sign(size, root, at):
    """A checkpoint of the log as it is now."""
    moment = at.isoformat(timespec="microseconds")
    signature = base64.b64encode(_key().sign(note(size, root, moment))).decode()
    return Checkpoint(size=size, root=root, at=moment, signature=signature)


def keep(checkpoint):
    """Append it to the file of its day, and make sure that it lies on the disk."""
    path = _folder() / f"{checkpoint.at[:10]}.jsonl"
    whole = not path.exists() or path.read_bytes().endswith(b"\n")  # or a failure cut the last line short
    with path.open("a", encoding="utf-8") as file:
        file.write(("" if whole else "\n") + json.dumps(checkpoint.as_data()) + "\n")
        file.flush()
        os.fsync(file.fileno())


def kept():
    """Every checkpoint, the oldest first."""
    for day in days():
        yield from of_day(day)


def days():
    """The days (UTC) on which something was signed, the oldest first."""
    return sorted(date.fromisoformat(path.stem) for path in _folder().glob("????-??-??.jsonl"))


def of_day(day):
    """What was signed on a day, the oldest first."""
    return list(_of_file(_folder() / f"{day.isoformat()}.jsonl"))


def latest():
    """The newest checkpoint, or None before the first."""
    for day in reversed(days()):
        if found := of_day(day):
            return found[-1]
    return None


def public_key():
    """The key with which anybody verifies the signatures: 32 bytes in base64."""
    raw = _key().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _of_file(path):
    """Its checkpoints. A last line that a failure cut short was never acknowledged."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
            yield Checkpoint(**{name: said[name] for name in ("size", "root", "at", "signature")})
        except (ValueError, KeyError):
            continue


def _folder():
    folder = settings.TRAIL_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _key():
    """The portal's signing key, made once. Whoever comes second at the first start takes the first one's."""
    path = _folder() / "key.pem"
    if not path.exists():
        _make_key(path)
    return serialization.load_pem_private_key(path.read_bytes(), password=None)


def _make_key(path):
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own = path.with_name(f"key.{os.getpid()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
