"""What the process apart says of a file."""

import json
from contextlib import contextmanager


class Refused(Exception):
    """The file is not accepted; carries the short name of the reason."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@contextmanager
def damaged_as(reason):
    """Whatever a library raises over a file means that it is damaged; lack of memory ends the process."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:  # each library has kinds of its own
        raise Refused(reason) from error


def said(look, content):
    """What ``look`` finds in the file, as the message that travels back."""
    try:
        return json.dumps({"kind": look(content)}).encode()
    except Refused as refusal:
        return json.dumps({"refused": refusal.reason}).encode()
