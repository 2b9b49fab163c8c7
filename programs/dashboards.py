"""The board of the Monitoring Committee: this app owns the page and does not know what is on it.

Each app adds panels from its own ``panels.py``::

    @dashboards.panel(title=_("Calls"), template_name="calls/_panel.html", order=20)
    def calls(scope, viewer):
        return {"figures": [Figure(...)], ...}

``scope`` is a queryset of editions with their agencies, read once for all panels, ``viewer`` the person who
looks; a panel counts only what ``visible_to(viewer)`` gives. It returns the values of its template; its
``figures`` stand at the top.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

PANELS: list["Panel"] = []


@dataclass(frozen=True)
class Panel:
    """A part of the board: its title, its template and the function that reads its numbers."""

    title: object
    template_name: str
    order: int
    read: Callable
    is_publicity: bool = False


@dataclass(frozen=True)
class Shown:
    """A panel with the values that it read."""

    panel: Panel
    values: dict

    @property
    def figures(self):
        return self.values.get("figures", [])


def panel(*, title, template_name, order=50, is_publicity=False):
    """Register the function below as a panel of the board.

    ``is_publicity``: it shows achievements, which an electoral blackout withholds from the public.
    """

    def register(read):
        PANELS.append(Panel(title, template_name, order, read, is_publicity))
        return read

    return register


def panels_of(scope: QuerySet, viewer, *, with_publicity=True):
    """Every panel with its values, in the order that the panels ask for."""
    shown = [one for one in PANELS if with_publicity or not one.is_publicity]
    return [Shown(one, one.read(scope, viewer)) for one in sorted(shown, key=lambda one: one.order)]
