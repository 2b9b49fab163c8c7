"""Finding the way: breadcrumbs, tabs, filter chips, pages of a list."""

from django.utils.translation import gettext as _

from rop_portal.components.library import register, values_of


@register.inclusion_tag("components/crumbs.html")
def crumbs(*parts):
    """``{% crumbs "Calls" "/convocatorias/" "CONV-01" %}``: labels and addresses, at last where we are.

    The way begins at the front page, whether the template names it or not.
    """
    if parts[1:2] != ("/",):
        parts = (_("Home"), "/", *parts)
    links = [{"label": label, "url": url} for label, url in zip(parts[0:-1:2], parts[1::2], strict=False)]
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


@register.inclusion_tag("components/tabs.html")
def tabs(items, label=""):
    """Views of one thing as links. Each has ``label``, ``url``, ``current`` and perhaps ``count``."""
    return {
        "items": [values_of(item, "label", "url", "current", "count") for item in items],
        "label": label or _("Views"),
    }


@register.inclusion_tag("components/filter_chips.html", takes_context=True)
def filter_chips(context, name, options, *, label, all_label="", current=""):
    """One filter as links; ``options`` are pairs of value and words. It keeps the other filters.

    ``current`` is what holds while the address says nothing.
    """
    query = context["request"].GET
    chosen = query.get(name, "") or current
    chips = [_chip(query, name, str(value), words, chosen) for value, words in options]
    if all_label:
        chips.insert(0, _chip(query, name, "", all_label, chosen))
    return {"chips": chips, "label": label, "id": f"chips-{name}"}


def _chip(query, name, value, words, chosen):
    return {"words": words, "url": _with(query, **{name: value}), "current": value == chosen}


def _with(query, **changes):
    """The query string with ``changes``, always from the first page unless the page is what changes."""
    new = query.copy()
    new.pop("page", None)
    for name, value in changes.items():
        new.pop(name, None)
        if value:
            new[name] = value
    return f"?{new.urlencode()}"


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context, page):
    """The pages of a list (a page of Django's Paginator), keeping the filters."""
    query = context["request"].GET
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [
            {
                "number": n,
                "url": _with(query, page=n) if isinstance(n, int) else "",
                "current": n == page.number,
            }
            for n in numbers
        ],
        "previous": _with(query, page=page.previous_page_number()) if page.has_previous() else "",
        "next": _with(query, page=page.next_page_number()) if page.has_next() else "",
    }
