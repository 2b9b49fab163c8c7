"""The report of an import: what of the document goes where, which tables are data, and what has no place."""

from django.utils.html import strip_tags

from programs import prose
from programs.models import BLOCKS, Component, GuideSection, LockLevel
from programs.word.blockrows import Blocks
from programs.word.placing import Placing
from programs.word.titles import Titles, bare

EXCERPT = 240
LOCKED = "locked"


def titles():
    """Every title of every component of every Guide, the newest first, and those that were renamed."""
    found = Titles()
    every = list(Component.objects.order_by("-guide__year", "number"))
    for component in every:
        found.add(component.title_es, component.slug)
    for component in every:
        if component.renamed_from:
            found.add(component.renamed_from, component.slug)
    for section in GuideSection.objects.all():
        found.sections |= {bare(section.title_es), bare(f"{section.numeral}. {section.title_es}")}
    return found


def make(reading, contents):
    """The plan of a document for one draft, as plain values."""
    placing = Placing(titles(), is_own=reading["is_own"]).place(reading["pieces"])
    here = {text.component.slug: text.component for text in contents.texts}
    units = [_unit(place, unit, here) for place, unit in enumerate(placing.units)]
    return {
        "is_own": reading["is_own"],
        "units": units,
        "tables": _tables(placing, reading, contents, here),
        "notes": reading["notes"],
        "sections": placing.sections,
        "skipped": len(placing.skipped),
    }


def _unit(place, unit, here):
    parts = [_part(part) for part in unit.parts]
    html = "".join(part.get("html", "") for part in parts)
    component = here.get(unit.slug)
    how = unit.how if component or not unit.slug else "elsewhere"
    if component and component.lock_level != LockLevel.FREE:
        how, component = LOCKED, None
    return {
        "id": place,
        "heading": unit.heading,
        "slug": component.slug if component else "",
        "how": how,
        "suggestion": unit.suggestion if unit.suggestion in here else "",
        "parts": parts,
        "reason": unit.reason,
        "summary": unit.summary,
        "words": prose.words(html),
        "excerpt": " ".join(strip_tags(html.replace("><", "> <")).split())[:EXCERPT],
    }


def _part(part):
    return {"html": prose.clean(part["html"])} if "html" in part else part


def _tables(placing, reading, contents, here):
    """Each table, as data where it is a block; criteria that only their levels name are made from them."""
    blocks, found = Blocks(contents, reading["rows"]), []
    owners = {part["table"]: unit for unit in placing.units for part in unit.parts if "table" in part}
    matches = []
    for place, table in enumerate(placing.tables):
        component = here.get(owners[place].slug)
        preferred = [
            model for name in (component.blocks if component else []) for model in BLOCKS.get(name, [])
        ]
        matches.append(blocks.match(table, preferred))
    for place, (table, match) in enumerate(zip(placing.tables, matches, strict=True)):
        found.append(
            {
                "id": place,
                "html": prose.clean(table["html"]),
                "text": table["text"][:EXCERPT],
                **_match(match, table),
            }
        )
        if match and (made := blocks.criteria_of(match)):
            found[-1]["also"] = _match(made, {"header": []})
    return found


def _unread(match, table):
    """The columns that no field holds. In a table of ours they only join what the fields say."""
    if table.get("model"):
        return []
    return [place for place in match.unread if any(row.cells[place].strip() for row in match.rows)]


def _match(match, table):
    if match is None:
        return {"model": ""}
    return {
        "model": match.model._meta.model_name,
        "header": table["header"],
        "unread": _unread(match, table),
        "missing": [
            {
                "name": one["name"],
                "label": str(one["label"]),
                "choices": [[code, str(label)] for code, label in one["choices"]],
            }
            for one in match.missing
        ],
        "rows": [vars(row) for row in match.rows],
    }
