"""Who may evaluate whom: declarations, what the portal found, and the draw."""

from django.urls import path

from evaluations.views import declaring


def of_pairs(of_call):
    """The addresses, under the one of the evaluation of a call; before those that would take any word."""
    return [
        path(f"{of_call}declaracion/", declaring.Declare.as_view(), name="declare"),
        path(f"{of_call}indicios/", declaring.Detected.as_view(), name="detected"),
    ]
