"""Acts in words. Each app says those of its own; an act that nobody put in words is shown by its name."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.dates import day_in_words
from accounts.models import Role

FINGERPRINT = re.compile("[0-9a-f]{64}")

_words: dict[str, object] = {}
_unnamed: set[str] = set()
_codes: dict[str, dict] = {}
BETWEEN = re.compile(":? ")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def say(words):
    """Put acts in words, in an app's ``trail_words.py``: ``say({"call.open": _("Opened a call")})``."""
    _words.update(words)


def keep_unnamed(*acts):
    """Say of these acts that they were done, and not on what: its name would tell their doer a secret."""
    _unnamed.update(acts)


def subject_in_words(entry):
    """What an act was done on, as its doer may read it among their own."""
    return "" if entry.act in _unnamed else entry.subject_name


def act_in_words(name):
    return _words.get(name, name)


def say_codes(choices, *acts):
    """The notes of these acts hold codes of ``choices``, days and fingerprints: each is said in words."""
    _codes.update({act: dict(choices.choices) for act in acts})


def note_in_words(entry):
    """The note of an entry for a person: codes and days in words, a fingerprint by its beginning."""
    if entry.act in _codes:
        return " · ".join(_in_words(part, _codes[entry.act]) for part in BETWEEN.split(entry.note))
    return _named(entry.note, ROLES)


ROLES = dict(Role.choices)


def _in_words(part, names):
    return day_in_words(date.fromisoformat(part)) if DAY.fullmatch(part) else _named(part, names)


def _named(part, names):
    return f"SHA-256 {part[:12]}…" if FINGERPRINT.fullmatch(part) else str(names.get(part, part))


say(
    {
        "invitation.send": _("Invited a person"),
        "invitation.withdraw": _("Withdrew an invitation"),
        "membership.first_administrator": _("Became the first administrator"),
        "membership.grant": _("A role began"),
        "membership.end": _("A role ended"),
    }
)
