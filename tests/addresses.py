"""Every address of the portal, read from the URL configuration."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")


def all_addresses():
    """``(name, names of its parts)`` of every address; the administration's pages count as one."""
    found = dict(_walk(get_resolver(), "", ""))
    return [(name, tuple(a or b for a, b in PART.findall(route))) for name, route in sorted(found.items())]


def _walk(resolver, namespace, prefix):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver) and entry.namespace == "admin":
            yield "admin:index", route
        elif isinstance(entry, URLResolver):
            space = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, space, route)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", route
