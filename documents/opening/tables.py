"""The cells of the first sheet of a workbook, as plain words: what a formula would give is never asked."""

import datetime as dt
import io

from openpyxl import load_workbook

from documents.opening.answers import Refused, damaged_as, said
from documents.opening.bounds import MAX_COLUMNS, MAX_ROWS

BLANK_ROWS = 2 * MAX_ROWS  # as many lines of nothing are passed over, as programs leave them


def answer(content):
    return said(look, content)


def look(content):
    """The rows that hold something: each its number, as the program shows it, and its cells."""
    with damaged_as("office_damaged"):
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return list(_filled(sheet.iter_rows(max_col=MAX_COLUMNS)))


def _filled(rows):
    found = 0
    for number, row in enumerate(rows, start=1):
        cells = [_in_words(cell) for cell in row]
        if any(cell != "" for cell in cells):
            found += 1
            yield [number, cells]
        if found > MAX_ROWS or number > BLANK_ROWS:
            raise Refused("office_long")


def _in_words(cell):
    """The words of a cell; nothing at all (null) where it is a formula."""
    value = cell.value
    if cell.data_type == "f":
        return None if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)
