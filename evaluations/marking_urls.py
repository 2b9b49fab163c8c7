"""The addresses about how files are scored: offline sheet, versions, calibration, divergence."""

from django.urls import path

from evaluations.views import sheets


def marking(of_call):
    """Each under the address of its call."""
    return [
        path(f"{of_call}hoja/", sheets.Sheet.as_view(), name="sheet"),
        path(f"{of_call}hoja/descargar/", sheets.SheetFile.as_view(), name="sheet_file"),
    ]
