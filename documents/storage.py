"""Where bytes are kept: under their SHA-256, written whole or not at all, never rewritten."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages

CHUNK = 1024 * 1024
NAME = "documents"


class ContentStorage(FileSystemStorage):
    """A file appears under its name complete, or does not appear: a killed process leaves no half of it."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks(CHUNK):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            with contextlib.suppress(FileExistsError):  # somebody kept the same bytes meanwhile
                os.link(temporary, path)
        finally:
            Path(temporary).unlink()
        return name

    def get_available_name(self, name, max_length=None):
        return name


def keep(content):
    """Keep the bytes of ``content`` (bytes or a file object). Gives storage key, SHA-256 and size."""
    file = ContentFile(content) if isinstance(content, bytes) else File(content)
    digest, size = measure(file)
    key = f"{digest[:2]}/{digest[2:4]}/{digest}"
    storage = storages[NAME]
    if not storage.exists(key):
        file.seek(0)
        storage.save(key, file)
    return key, digest, size


def read(key):
    return storages[NAME].open(key, "rb")


def measure(file):
    """SHA-256 and size of a file object, read piece by piece."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def is_intact(document):
    """Do the bytes kept still have the hash that was written down? False when they are missing too."""
    try:
        with read(document.storage_key) as file:
            return measure(file) == (document.sha256, document.size)
    except OSError:
        return False


def size_of(document):
    """How many bytes are kept of a document; None where there are none."""
    try:
        return storages[NAME].size(document.storage_key)
    except OSError:
        return None
