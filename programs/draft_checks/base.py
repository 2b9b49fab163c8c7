"""What a check of a draft is: one record with its code, title, help and place; one function that looks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from programs.models import CheckLevel

CHECKS: list["Check"] = []


@dataclass(frozen=True)
class Found:
    """What a check saw: a message, and the block, row and field (or component) where it is put right.

    ``page`` names the address of a page of the draft, where it is put right elsewhere.
    """

    message: str
    block: str = ""
    key: str = ""
    field: str = ""
    component: str = ""
    page: str = ""


@dataclass(frozen=True)
class Check:
    """A rule that a draft must (blocking) or should (advisory) hold; help and error come from here."""

    code: str
    title: object
    help: object
    component: str
    is_blocking: bool
    look: Callable

    @property
    def level(self):
        """How it counts while planning says nothing else."""
        return CheckLevel.BLOCKING if self.is_blocking else CheckLevel.ADVISORY


@dataclass(frozen=True)
class Finding:
    """A check that a draft does not pass, once for each thing it found."""

    check: Check
    found: Found
    level: str

    @property
    def code(self):
        return self.check.code

    @property
    def message(self):
        return self.found.message

    @property
    def is_blocking(self):
        return self.level == CheckLevel.BLOCKING

    @property
    def component(self):
        return self.found.component or self.check.component


def check(code, *, title, help, component="", blocking=True):
    """Register the function below as the check ``code`` of a component."""

    def register(look: Callable[..., Iterable[Found]]):
        CHECKS.append(Check(code, title, help, component, blocking, look))
        return look

    return register
