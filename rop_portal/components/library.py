"""Where the components are registered, and how one is rendered."""

from django import template
from django.template.loader import render_to_string

register = template.Library()


def rendered(name, **values):
    """The HTML of ``templates/components/<name>.html`` with ``values``."""
    return render_to_string(f"components/{name}.html", values)


def values_of(source, *names):
    """The named values of a dict or an object; what is missing is empty."""
    if isinstance(source, dict):
        return {name: source.get(name, "") for name in names}
    return {name: getattr(source, name, "") for name in names}
