"""Acts in words. Each app says those of its own; an act that nobody put in words is shown by its name."""

import re

from django.utils.translation import gettext_lazy as _

from accounts.models import Role

FINGERPRINT = re.compile("[0-9a-f]{64}")

_words: dict[str, object] = {}
_unnamed: set[str] = set()


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


def note_in_words(note):
    """A note of the trail for a person: a role by its name, the fingerprint of a file by its beginning."""
    if note in Role.values:
        return Role(note).label
    if FINGERPRINT.fullmatch(note):
        return f"SHA-256 {note[:12]}…"
    return note


say(
    {
        "invitation.send": _("Invited a person"),
        "invitation.withdraw": _("Withdrew an invitation"),
        "membership.first_administrator": _("Became the first administrator"),
        "membership.grant": _("A role began"),
        "membership.end": _("A role ended"),
    }
)
