"""Acts in words. Each app says those of its own; an act that nobody put in words is shown by its name."""

import re

from django.utils.translation import gettext_lazy as _

from accounts.models import Role

FINGERPRINT = re.compile("[0-9a-f]{64}")

_words: dict[str, object] = {}


def say(words):
    """Put acts in words, in an app's ``trail_words.py``: ``say({"call.open": _("Opened a call")})``."""
    _words.update(words)


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
