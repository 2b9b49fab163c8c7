"""The addresses about how files are scored: offline sheet, versions, calibration, divergence."""

from django.urls import path

from evaluations.views import calibration, divergence, sheets, versions


def of_marks(of_call):
    """Each under the address of its call."""
    return [
        path(f"{of_call}hoja/", sheets.Sheet.as_view(), name="sheet"),
        path(f"{of_call}hoja/descargar/", sheets.SheetFile.as_view(), name="sheet_file"),
        path(f"{of_call}calibracion/", calibration.Panel.as_view(), name="calibration"),
        path(f"{of_call}muestra/", calibration.Sample.as_view(), name="sample"),
        path(f"{of_call}muestra/elegir/", calibration.ChooseSample.as_view(), name="choose_sample"),
        path(f"{of_call}umbral/", divergence.Threshold.as_view(), name="threshold"),
        path(f"{of_call}divergencias/", divergence.Divergences.as_view(), name="divergences"),
        path(
            f"{of_call}divergencias/<str:application>/tercera/",
            divergence.CallThird.as_view(),
            name="call_third",
        ),
        path(
            f"{of_call}divergencias/<str:application>/sin-tercera/",
            divergence.GoOnWithout.as_view(),
            name="waive_third",
        ),
        path(f"{of_call}mis-calificaciones/", versions.OwnScores.as_view(), name="own_scores"),
        path(f"{of_call}reaperturas/", versions.Reopenings.as_view(), name="reopenings"),
        path(f"{of_call}reaperturas/<str:alias>/", versions.Changes.as_view(), name="review_changes"),
    ]
