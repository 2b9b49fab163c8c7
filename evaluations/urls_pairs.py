"""Who may evaluate whom: declarations, what the portal found, and the draw."""

from django.urls import path

from evaluations.views import arrivals, declaring, draws


def of_pairs(of_call):
    """The addresses, under the one of the evaluation of a call; before those that would take any word."""
    return [
        path(f"{of_call}declaracion/", declaring.Declare.as_view(), name="declare"),
        path(f"{of_call}indicios/", declaring.Detected.as_view(), name="detected"),
        path(f"{of_call}reparto/", draws.Distribute.as_view(), name="distribute"),
        path(f"{of_call}sorteo/", draws.CommitDraw.as_view(), name="commit_draw"),
        path(f"{of_call}especialidades/", draws.Specialties.as_view(), name="specialties"),
        path("sesiones/<str:folio>/llegada/", arrivals.Admit.as_view(), name="admit"),
        path("convocatorias/<str:folio>/sorteo/", draws.DrawPage.as_view(), name="draw"),
        path(
            "convocatorias/<str:folio>/sorteo/<int:number>.json", draws.DrawFile.as_view(), name="draw_file"
        ),
    ]
