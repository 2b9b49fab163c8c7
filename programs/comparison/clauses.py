"""What changed in the text: clauses with their counterparts, and in each what was written and erased."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from programs import highlight
from programs.comparison import markup
from programs.comparison.alignment import align, likeness_of_words
from programs.comparison.lines import lines

ALIKE = 0.6


@dataclass(frozen=True)
class ClauseChange:
    """A clause before and after.

    ``kind``: ``added``, ``removed``, ``changed``, ``data`` (its words are the same, the data that
    they show are not) or ``same``. ``html`` is the text with what was added and removed marked.
    """

    kind: str
    slug: str
    number: int
    title: str
    html: str = ""
    former_title: str = ""
    former_number: int | None = None
    is_lineage: bool = False

    @property
    def is_change(self):
        return self.kind != "same"


def compare_clauses(before: dict, after: dict) -> list[ClauseChange]:
    """Every clause of two documents, in the order of the second. Those that are the same carry no text."""
    return [_change(pair, before) for pair in pairs_of(before, after)]


def pairs_of(before, after):
    """Clauses paired by lineage, then by the component of the Guide, then by likeness of their words."""
    origin = before.get("edition", {}).get("code", "")
    return align(
        before.get("components", []),
        after.get("components", []),
        names=[(_slug, lambda clause: _descends_from(clause, origin)), _slug],
        likeness=_alike,
        threshold=ALIKE,
    )


def _slug(clause):
    return clause["slug"]


def _descends_from(clause, origin):
    """The clause of the first edition that this one is, or says that it was taken from."""
    lineage = [one["component"] for one in clause.get("lineage", []) if one.get("edition") == origin]
    return lineage[0] if len(lineage) == 1 and lineage[0] != clause["slug"] else ""


def _alike(one, other):
    return likeness_of_words(highlight.plain(shown(one)), highlight.plain(shown(other)))


def shown(clause):
    """The text of a clause as it is read; of one that does not apply, why."""
    if reason := clause.get("not_applicable_reason"):
        return format_html("<p>{}</p>", _("It does not apply: %(reason)s") % {"reason": reason})
    return clause.get("resolved", "")


def _change(pair, before):
    clause = pair.after or pair.before
    kind = _kind(pair)
    ours = lines(shown(pair.before)) if pair.before else []
    theirs = lines(shown(pair.after)) if pair.after else []
    former = pair.before if pair.before and pair.after else {}
    return ClauseChange(
        kind=kind,
        slug=clause["slug"],
        number=clause["number"],
        title=clause["title"],
        html="" if kind == "same" else markup.difference(ours, theirs),
        former_title=former.get("title", "") if former.get("title") != clause["title"] else "",
        former_number=former.get("number") if former.get("number") != clause["number"] else None,
        is_lineage=bool(former) and former["slug"] != clause["slug"],
    )


def _kind(pair):
    if pair.is_added:
        return "added" if shown(pair.after) else "same"
    if pair.is_removed:
        return "removed" if shown(pair.before) else "same"
    if shown(pair.before) == shown(pair.after):
        return "same"
    is_data = pair.before.get("text") == pair.after.get("text") and pair.after.get("text")
    return "data" if is_data else "changed"
