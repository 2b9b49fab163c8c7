"""Having what was received opened in a process apart, within bounds: the web process opens nothing."""

import hashlib
import json
import threading

from django.conf import settings

from documents import bounded, refusals

MOST_REMEMBERED = 500
TABLES = "documents.opening.tables"


class FileRefused(Exception):
    """The file cannot be accepted. The message says why and what to do, for the person who sent it.

    ``reason`` is the short name of it, for whoever has better words of their own; empty when there is none.
    """

    def __init__(self, words, *, reason=""):
        super().__init__(words)
        self.reason = reason

    @classmethod
    def because(cls, reason):
        return cls(refusals.words_of(reason), reason=reason)


class Passed:
    """What passed in this process: the same bytes, checked by a form and then by its action, open once."""

    def __init__(self):
        self._kinds, self._lock = {}, threading.Lock()

    def kind(self, key):
        return self._kinds.get(key)

    def remember(self, key, kind):
        with self._lock:
            self._kinds[key] = kind
            if len(self._kinds) > MOST_REMEMBERED:
                self._kinds.pop(next(iter(self._kinds)))


_passed = Passed()


def kind_of(upload, module):
    """What ``module`` finds the file to be, opened apart within its bounds. Raises FileRefused."""
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    key = (module, hashlib.sha256(content).digest())
    kind = _passed.kind(key)
    if kind is None:
        kind = _open_apart(module, content)
        _passed.remember(key, kind)
    return kind


def rows_of(upload):
    """The rows of the first sheet of a workbook that was accepted, read apart. Raises FileRefused.

    Each is its number and its cells in words; null stands for a formula.
    """
    upload.seek(0)
    return _open_apart(TABLES, upload.read())


def _open_apart(module, content):
    seconds, megabytes = settings.FILE_OPENING_SECONDS, settings.FILE_OPENING_MEGABYTES
    try:
        said = json.loads(bounded.run(module, content, seconds=seconds, megabytes=megabytes))
    except bounded.CouldNotRead:
        raise FileRefused.because("too_much") from None
    if "refused" in said:
        raise FileRefused.because(said["refused"])
    return said["kind"]
