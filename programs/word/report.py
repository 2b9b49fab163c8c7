"""The plan of an import in words: how each unit was recognised, what each row would do, what has no place."""

from django.utils.translation import gettext as _


def how(unit):
    """How a unit found its component, or why it found none."""
    return {
        "exact": _("Recognised by its title"),
        "similar": _("Recognised by a similar title: check it"),
        "elsewhere": _("A component that the Guide of this edition does not have: choose another"),
        "locked": _("The Guide locks this component: its text cannot be brought in"),
    }.get(unit["how"], _("Not recognised: choose a component or leave it out"))


def tone(unit):
    return {"exact": "done", "similar": "watch"}.get(unit["how"], "wrong")


def does(row):
    """What a row would do to the draft."""
    if row["problem"]:
        return _("Stays in the text")
    return {
        "add": _("A new row"),
        "change": _("Changes the row that the draft has"),
        "same": _("The draft has it already"),
    }[row["does"]]


def row(one, header):
    """A row as the report shows it: each cell under its column."""
    labels = [*header, *[""] * len(one["cells"])]
    cells = [{"label": label, "words": words} for label, words in zip(labels, one["cells"], strict=False)]
    return one | {"cells": cells, "does_words": does(one)}


def notes(found):
    """What has no place in a text, in words, with where it stood."""
    words = {
        "image": _("Image, not placed"),
        "object": _("Embedded object, not placed"),
        "box": _("Text box: its words follow the paragraph that held it"),
        "footnote": _("Footnote: its words follow the paragraph that named it"),
        "inserted": _("Tracked change, taken as accepted: added"),
        "removed": _("Tracked change, taken as accepted: removed, not placed"),
        "hidden": _("Hidden text, not placed"),
        "formula": _("Formula, as plain characters"),
        "comment": _("Comment, not placed"),
        "header": _("Page header, not placed"),
        "footer": _("Page footer, not placed"),
        "nested_table": _("Table inside a table: its rows became paragraphs"),
    }
    return [one | {"kind_words": words.get(one["kind"], one["kind"])} for one in found]


def placed(plan):
    """The components that the plan itself gives a text, each once."""
    return list(dict.fromkeys(unit["slug"] for unit in plan["units"] if unit["slug"] and unit["parts"]))


def figures(plan):
    """The report in numbers."""
    rows = [row for table in plan["tables"] if table["model"] for row in table["rows"]]
    return {
        "units": len(plan["units"]),
        "placed": sum(bool(unit["slug"]) for unit in plan["units"]),
        "tables": len(plan["tables"]),
        "data": sum(bool(table["model"]) for table in plan["tables"]),
        "rows": len(rows),
        "good": sum(not row["problem"] for row in rows),
        "sections": len(plan["sections"]),
        "skipped": plan["skipped"],
    }
