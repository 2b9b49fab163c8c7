"""The addresses of what is set side by side: editions, programs, and clauses of several agencies."""

from django.urls import path

from programs.views import comparison, distance

urlpatterns = [
    path("redaccion/<slug:code>/comparar/", comparison.DraftComparison.as_view(), name="draft_comparison"),
    path("redaccion/<slug:code>/comparar/explicacion/", comparison.Explain.as_view(), name="draft_explain"),
    path(
        "reglas/<str:program>/<yyyy:year>/comparar/",
        comparison.PublishedComparison.as_view(),
        name="edition_comparison",
    ),
    path("armonizacion/distancia/", distance.DistancePage.as_view(), name="distance"),
]
