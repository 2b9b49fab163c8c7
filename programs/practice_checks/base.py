"""What a check of a practice is, and what it may answer."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

CHECKS: dict[str, Callable] = {}


class Result(models.TextChoices):
    MET = "met", _("The data show it")
    NOT_MET = "not_met", _("The data do not show it")
    UNKNOWN = "unknown", _("The data cannot say")


@dataclass(frozen=True)
class Finding:
    """What the check found, and in words what it looked at."""

    result: Result
    words: str

    @property
    def is_met(self):
        return self.result == Result.MET

    @property
    def is_not_met(self):
        return self.result == Result.NOT_MET


def practice_check(code):
    """Register the function below as the check of a practice."""

    def register(look):
        CHECKS[code] = look
        return look

    return register


def met(words):
    return Finding(Result.MET, words)


def not_met(words):
    return Finding(Result.NOT_MET, words)


def unknown(words):
    return Finding(Result.UNKNOWN, words)


def listed(words):
    """Things in a row: “a, b, c”."""
    return ", ".join(str(word) for word in words)


def labels(model, names):
    """What people call some fields of a model."""
    return listed(model._meta.get_field(name).verbose_name for name in names)
