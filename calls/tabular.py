"""Answers that are tables: rows typed in columns, kept as one text. Pure.

The text is a JSON list of rows, each a list of cells as they were typed; rows without a word are left out. A
column that ends in ``#`` holds numbers, one that ends in ``$`` amounts in pesos.
"""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.models import ApplicationQuestion

NUMBER, MONEY, WORDS = "number", "money", "words"
SIGNS = {"#": NUMBER, "$": MONEY}
MOST_ROWS, MOST_CELL = 60, 500


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, and what its cells hold."""

    name: str
    kind: str = WORDS


def columns_of(question):
    """The columns of a question of the kind table, as its Rules write them; those of indicators are fixed."""
    if question.kind == ApplicationQuestion.Kind.INDICATORS:
        return _of_indicators()
    return [_column(line) for line in question.choice_lines]


def _of_indicators():
    return [
        Column(_("Indicator")),
        Column(_("Unit of measure")),
        Column(_("Baseline"), NUMBER),
        Column(_("Goal"), NUMBER),
        Column(_("Means of verification")),
    ]


def _column(line):
    kind = SIGNS.get(line[-1], WORDS)
    return Column(line if kind == WORDS else line[:-1].rstrip(), kind)


def as_text(rows):
    """Rows of cells as they are kept; nothing when no cell has a word."""
    said = [[cell.strip() for cell in row] for row in rows]
    said = [row for row in said if any(row)]
    return json.dumps(said, ensure_ascii=False) if said else ""


def rows_of(text):
    """The rows of a kept text; whatever else a text may hold is no row."""
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    return [[str(cell) for cell in row] for row in rows if isinstance(row, list)]


def in_words(columns, text):
    """A table as it is read where there is no room for one: a line for each row."""
    return "\n".join(_row_in_words(columns, row) for row in rows_of(text))


def _row_in_words(columns, row):
    cells = zip(columns, row, strict=False)
    return " · ".join(f"{column.name}: {cell}" for column, cell in cells if cell)
