"""The bytes of files that arrive in pieces: in a private folder, apart from what is kept.

The processes that serve share the folder. What a broken write left behind is written over by the next one.
"""

import contextlib
import os
import time
from pathlib import Path

from django.conf import settings

from documents import storage

STRAY_SECONDS = 24 * 3600


def put(upload, offset, content):
    """Write a piece at its place; nothing is left after it."""
    handle = os.open(_path(upload.public_id), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(content)


def read(upload, offset=0, length=-1):
    """The bytes there, from a place on; fewer or none when they are not there."""
    try:
        with _path(upload.public_id).open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except FileNotFoundError:
        return b""


def sha256(upload):
    with _path(upload.public_id).open("rb") as file:
        return storage.measure(file)[0]


def drop(names):
    for name in names:
        _path(name).unlink(missing_ok=True)


def strays(known):
    """The names of files that no upload knows, once they are a day old: an upload may be beginning."""
    old = time.time() - STRAY_SECONDS
    for path in _folder().iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.name not in known and path.stat().st_mtime < old:
                yield path.name


def _path(name):
    return _folder() / name


def _folder():
    folder = Path(settings.UPLOADS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
