"""Sheets that are safe to open: nothing typed by anybody runs in the program that opens them."""

import io
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from documents import sheets

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x.example","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "|calc",
    "=cmd|'/C powershell'!A1",
]


def csv_of(*rows):
    return "".join(sheets.csv_lines(["Nombre", "=Valor"], rows))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_in_csv(text):
    assert sheets.csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_in_a_workbook(text):
    file = io.BytesIO()
    sheets.write_xlsx(file, ["Nombre"], [[text]], title="Datos")

    cell = openpyxl.load_workbook(file).active["A2"]

    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "1"),
        (Decimal("-490000.50"), "-490000.50"),
        ("-12.5", "-12.5"),
        ("+52 33 1234", "'+52 33 1234"),
        (date(2025, 3, 2), "2025-03-02"),
        (datetime(2025, 3, 2, 15, 0, tzinfo=UTC), "2025-03-02T09:00:00-06:00"),
        ("Ñandú, A.C.", "Ñandú, A.C."),
    ],
)
def test_values_are_written_plainly(value, written):
    assert sheets.csv_cell(value) == written


def test_the_file_begins_with_a_mark_and_is_streamed():
    lines = sheets.csv_lines(["Nombre", "=Valor"], ((n, "x") for n in range(3)))

    assert next(lines) == "\ufeffNombre,'=Valor\r\n"
    assert list(lines) == ["0,x\r\n", "1,x\r\n", "2,x\r\n"]


@pytest.mark.django_db  # an answer that is closed looks at the connection
def test_the_answers_are_downloads_with_a_safe_name():
    response = sheets.as_csv(["a"], [[1]], filename='x"; filename=y.exe')

    assert response["Content-Disposition"] == 'attachment; filename="x-filename-y.exe"'
    assert b"".join(response.streaming_content).decode() == "\ufeffa\r\n1\r\n"
    with closing(sheets.as_xlsx(["a"], [[1]], filename="a.xlsx")) as workbook:
        assert workbook["Content-Type"] == sheets.XLSX
