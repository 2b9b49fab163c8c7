"""What is publicity in this portal, and whether it is withheld now (decision record 15).

Each app declares its kinds of publicity in its ``withheld.py``::

    @withholding.publicity("poster", label=_("Poster of a call"))
    def poster(reference):
        return the name of the item, or "" when there is none

and asks here before it shows one. Procedures are never asked about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import moment_in_words
from programs.models import BlackoutPeriod

KINDS: dict[str, "Publicity"] = {}


@dataclass(frozen=True)
class Publicity:
    """A kind of publicity: its words, and the function that names one item of it by its reference."""

    code: str
    label: object
    name_of: Callable
    is_single: bool = False


def publicity(code, *, label, is_single=False):
    """Declare a kind of publicity; ``is_single`` where there is only one item of it."""

    def register(name_of):
        KINDS[code] = Publicity(code, label, name_of, is_single)
        return name_of

    return register


def withheld_by(kind, reference="", *, at=None):
    """The period for which an item is withheld now, the last to end; None while it may be shown."""
    in_force = BlackoutPeriod.objects.in_force(at=at or timezone.now())
    return in_force.withholding(kind, reference).last_to_end().first()


def is_withheld(kind, reference, *, at=None):
    """The same as a condition of a query about items; ``reference`` is an ``OuterRef`` of ``OuterRef``."""
    return Exists(BlackoutPeriod.objects.in_force(at=at or timezone.now()).withholding(kind, reference))


def with_blackout(things, *, at=None):
    """Rows with the period in force beside them, without one more question: read it with ``beside``."""
    last = BlackoutPeriod.objects.in_force(at=at or timezone.now()).last_to_end()
    return things.annotate(
        **{f"blackout_{name}": Subquery(last.values(name)[:1]) for name in ("public_id", "ends_at", "source")}
    )


def beside(thing):
    """The period in force that was read with a row; None when there is none."""
    if not thing.blackout_public_id:
        return None
    return BlackoutPeriod(
        public_id=thing.blackout_public_id, ends_at=thing.blackout_ends_at, source=thing.blackout_source
    )


def why(period):
    """Why an item is not given, in words for whoever asks for it."""
    last = period.ends_at - timedelta(minutes=1)
    said = {"until": moment_in_words(last), "norm": period.source}
    return _("Publicity is withheld until %(until)s, for the electoral period. Norm: %(norm)s.") % said
