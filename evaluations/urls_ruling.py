"""The addresses around the ruling: simulator, release of the results, reserve list."""

from django.urls import path

from evaluations.views import releasing, reserve, simulators

OF_DRAFT = "simulador/<str:code>/"


def of_ruling(of_call):
    """The addresses, under the one of the evaluation of a call; the simulator of a draft besides."""
    return [
        path(f"{of_call}simulador/", simulators.CallSimulator.as_view(), name="simulator"),
        path(f"{of_call}simulador/datos.csv", simulators.CallSimulatorCsv.as_view(), name="simulator_csv"),
        path(OF_DRAFT, simulators.DraftSimulator.as_view(), name="draft_simulator"),
        path(f"{OF_DRAFT}datos.csv", simulators.DraftSimulatorCsv.as_view(), name="draft_simulator_csv"),
        path(f"{of_call}reserva/", reserve.Reserve.as_view(), name="reserve"),
        path(f"{of_call}publicacion/", releasing.Release.as_view(), name="release"),
        path(f"{of_call}publicacion/cancelar/", releasing.CancelEmbargo.as_view(), name="cancel_embargo"),
    ]
