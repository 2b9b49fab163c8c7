"""Every address of the portal, read from the URL configuration, with believable values for its parts."""

from django.urls import URLPattern, URLResolver, get_resolver


def all_addresses():
    """``(name, route)`` of every address the portal answers, admin pages left as one."""
    return sorted(set(_walk(get_resolver(), "", "")))


def _walk(resolver, namespace, prefix):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            if entry.namespace == "admin":
                yield ("admin", route)
                continue
            yield from _walk(entry, space, route)
        elif isinstance(entry, URLPattern):
            yield (f"{namespace}{entry.name}" if entry.name else route, route)
