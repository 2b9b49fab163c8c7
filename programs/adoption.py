"""What a clause says when it is brought into another edition: references stay where their data are."""

from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join

from programs import references
from programs.models import AdoptedClause

Way = AdoptedClause.Way


@dataclass(frozen=True)
class Carried:
    """The clause as it would stand in the draft; ``turned`` are the references that became plain text."""

    html: str
    turned: list


def carry(raw, source, target):
    """The clause for the contents ``target``; what they cannot show is written out from ``source``."""
    known = references.available(target)
    theirs = references.available(source)
    turned: list[tuple[str, str]] = []

    def stays(token):
        return token in known and bool(known[token].value(target))

    def alone(match):
        token = references.plain_token(match[1])
        reference = theirs.get(token)
        if stays(token) or reference is None or not reference.is_list:
            return match[0]
        entries = reference.value(source)
        turned.append((match[1], "; ".join(entries)))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in entries)))

    def inline(match):
        token = references.plain_token(match[1])
        reference = theirs.get(token)
        value = reference.value(source) if reference and not stays(token) else ""
        if not value:
            return match[0]
        said = "; ".join(value) if isinstance(value, list) else value
        turned.append((match[1], said))
        return escape(said)

    html = references.TOKEN.sub(inline, references.TOKEN_ALONE.sub(alone, raw))
    return Carried(html, turned)


def placed(text, carried, way):
    """The text of the component once the clause stands in it."""
    return carried.html if way == Way.REPLACE else f"{text.text}{carried.html}"
