"""The board of an application: sections that apps above add to its page, without this app knowing them.

``@boards.section(order=20)`` registers a function of (application, viewer) that gives a Section or None. It
must show the viewer only what the viewer may see. Apps register in their ``boards.py``, imported at start-up.
"""

from dataclasses import dataclass, field

from django.utils.module_loading import autodiscover_modules

_sections = []


@dataclass(frozen=True)
class Section:
    """A titled part of the page: its template and what the template shows."""

    title: str
    template_name: str
    context: dict = field(default_factory=dict)


def section(*, order):
    """Register a function that gives a section of an application's page."""

    def register(function):
        if function not in [known for _order, known in _sections]:
            _sections.append((order, function))
            _sections.sort(key=lambda pair: pair[0])
        return function

    return register


def sections_of(application, viewer):
    """The sections that concern this application and this viewer, in order."""
    found = (function(application, viewer) for _order, function in _sections)
    return [one for one in found if one is not None]


def autodiscover():
    autodiscover_modules("boards")
