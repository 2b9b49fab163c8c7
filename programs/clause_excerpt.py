"""The few words of a clause around those that were looked for. Pure."""

from django.utils.html import format_html, format_html_join

from programs import highlight
from programs.comparison.words import folded

BEFORE, AFTER = 12, 40


def of(html, terms):
    """Some fifty words of the clause, from shortly before the first one looked for; the found are marked."""
    words = highlight.plain(html).split()
    found = [place for place, word in enumerate(words) if _is_found(word, terms)]
    start = max(0, found[0] - BEFORE) if found else 0
    shown = words[start : start + BEFORE + AFTER]
    marked = format_html_join(" ", "{}", ((_marked(word, terms),) for word in shown))
    ends = "…" if start + BEFORE + AFTER < len(words) else ""
    return format_html("{}{}{}", "… " if start else "", marked, ends)


def _is_found(word, terms):
    bare = folded(word).lstrip("«(“\"'¿¡[")
    return bare.startswith(tuple(terms))


def _marked(word, terms):
    return format_html("<mark>{}</mark>", word) if _is_found(word, terms) else word
