"""Acts in words. Each app says those of its own; an act that nobody put in words is shown by its name."""

from django.utils.translation import gettext_lazy as _

_words: dict[str, object] = {}


def say(words):
    """Put acts in words, in an app's ``trail_words.py``: ``say({"call.open": _("Opened a call")})``."""
    _words.update(words)


def act_in_words(name):
    return _words.get(name, name)


say(
    {
        "invitation.send": _("Invited a person"),
        "invitation.withdraw": _("Withdrew an invitation"),
        "membership.first_administrator": _("Became the first administrator"),
        "membership.grant": _("A role began"),
        "membership.end": _("A role ended"),
    }
)
