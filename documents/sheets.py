"""Rows as a sheet: CSV or XLSX, streamed, and safe to open.

A cell that begins like a formula is written as text, so that nothing an applicant typed runs in the
program of whoever opens the sheet.
"""

import csv
import datetime as dt
import re
import tempfile
from decimal import Decimal

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from documents import responses

BOM = "\ufeff"
FORMULA = re.compile(r"^[\s\x00]*[=+\-@\t\r\n|]")
NUMBER = re.compile(r"^[+-]?\d[\d,]*(\.\d+)?$")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(header, rows, *, filename):
    """A streamed CSV in UTF-8 that Excel reads rightly."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    return responses.as_download(response, filename)


def as_xlsx(header, rows, *, filename, title="Datos"):
    """A workbook of one sheet, written row by row to a temporary file."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    write_xlsx(file, header, rows, title=title)
    file.seek(0)
    return responses.as_download(FileResponse(file, content_type=XLSX), filename)


def csv_lines(header, rows):
    """The lines of the CSV, one by one."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([safe_text(str(name)) for name in header])
    for row in rows:
        yield writer.writerow([csv_cell(value) for value in row])


def csv_cell(value):
    """A value as CSV writes it: numbers bare, days and moments as ISO 8601, text made safe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, dt.datetime):
        return (
            timezone.localtime(value).isoformat(timespec="seconds")
            if timezone.is_aware(value)
            else str(value)
        )
    if isinstance(value, dt.date):
        return value.isoformat()
    return safe_text(str(value))


def safe_text(text):
    """The text itself, or with an apostrophe before what a sheet would take for a formula."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def write_xlsx(file, header, rows, *, title):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "-", title)[:31])
    sheet.append([_xlsx_cell(sheet, str(name)) for name in header])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    book.save(file)


def _xlsx_cell(sheet, value):
    """A typed cell; text is always text, whatever it begins with."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | float | Decimal | dt.date | dt.time):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text):
        return text
