"""One hostile file, and how the files of a kind are listed."""

from dataclasses import dataclass
from typing import Any

ALL = ("pdf", "docx", "xlsx", "jpg", "png", "xml")


@dataclass(frozen=True)
class Case:
    """One file: of which kind, under which name, its bytes or how to make them, why it may be refused."""

    kind: str
    what: str
    name: str
    made: Any
    reasons: tuple = ()

    @property
    def id(self):
        return f"{self.kind}: {self.what}"


def cases(kind, reasons, *files):
    """The files of a kind: what is wrong, name, bytes or how to make them, and reasons of their own."""
    for what, name, made, *others in files:
        yield Case(kind, what, name, made, tuple(others) or tuple(reasons.split()))
