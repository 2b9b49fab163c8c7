"""A ZIP that is written while it is sent: of its files none is held whole, in memory or on disk."""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import StreamingHttpResponse
from django.utils import timezone

from documents import responses
from documents.storage import CHUNK

MEDIA_TYPE = "application/zip"


@dataclass(frozen=True)
class Entry:
    """A file inside: its path, when it came to be, and what opens its bytes piece by piece."""

    path: str
    at: datetime
    pieces: Callable[[], Iterable[bytes]]


def of_text(path, text, at):
    return Entry(path, at, lambda: [text.encode()])


def of_document(path, document, at):
    return Entry(path, at, lambda: _pieces_of(document))


def as_zip(entries, *, filename):
    """The ZIP as a download. Equal entries give equal bytes."""
    response = StreamingHttpResponse(pieces(entries), content_type=MEDIA_TYPE)
    return responses.as_download(response, filename)


def pieces(entries):
    """The bytes of the ZIP, as they come. What is kept is compressed already, so it is stored as it is."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            with archive.open(_described(entry), "w") as inside:
                for piece in entry.pieces():
                    inside.write(piece)
                    yield outlet.taken()
            yield outlet.taken()
    yield outlet.taken()


def _described(entry):
    info = zipfile.ZipInfo(entry.path, timezone.localtime(entry.at).timetuple()[:6])
    info.external_attr = 0o644 << 16
    return info


def _pieces_of(document):
    with document.open() as file:
        while piece := file.read(CHUNK):
            yield piece


class _Outlet:
    """Where the ZIP writes: what came since the last look is taken away. Nothing can be gone back to."""

    def __init__(self):
        self._waiting = []

    def write(self, data):
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing is held back."""

    def close(self):
        """Nothing was opened."""

    def taken(self):
        waiting, self._waiting = self._waiting, []
        return b"".join(waiting)
