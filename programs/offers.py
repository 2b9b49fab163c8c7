"""What can be done from the public page of an edition: each app adds its own from ``offers.py``.

::

    @offers.offer
    def calls(edition, viewer):
        yield Offer(_("Open a call"), "/convocatorias/abrir/...")

An offer is made only to whoever may take it up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

OFFERS: list[Callable[..., Iterable["Offer"]]] = []
IN_DRAFTING: list[Callable[..., Iterable["Offer"]]] = []


@dataclass(frozen=True)
class Offer:
    """A way to go on from the Rules; the main one is a button."""

    label: str
    link: str
    is_main: bool = False


def offer(read):
    """Register the function below: given an edition and who looks, it yields what they are offered."""
    OFFERS.append(read)
    return read


def offers_of(edition, viewer):
    """Every offer to this viewer, the main ones first."""
    found = [one for read in OFFERS for one in read(edition, viewer)]
    return sorted(found, key=lambda one: not one.is_main)


def drafting_offer(read):
    """Register the function below: given an edition, it yields what its draft's readers are offered."""
    IN_DRAFTING.append(read)
    return read


def drafting_offers_of(edition):
    """What apps above offer to whoever reads a draft, in its bar."""
    return [one for read in IN_DRAFTING for one in read(edition)]
