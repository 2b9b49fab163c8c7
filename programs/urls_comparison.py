"""The addresses of what is set side by side: editions, programs, and clauses of several agencies."""

from django.urls import path

from programs.views import commons, comparison, distance

urlpatterns = [
    path("redaccion/<slug:code>/comparar/", comparison.DraftComparison.as_view(), name="draft_comparison"),
    path("redaccion/<slug:code>/comparar/explicacion/", comparison.Explain.as_view(), name="draft_explain"),
    path(
        "reglas/<str:program>/<yyyy:year>/comparar/",
        comparison.PublishedComparison.as_view(),
        name="edition_comparison",
    ),
    path("clausulas/", commons.ClauseSearch.as_view(), name="clauses"),
    path(
        "clausulas/<slug:code>/<slug:component>/adoptar/", commons.AdoptClause.as_view(), name="clause_adopt"
    ),
    path(
        "redaccion/<slug:code>/componentes/<slug:component>/fuentes/<slug:source>/<slug:clause>/",
        commons.KeepOurs.as_view(),
        name="clause_keep_ours",
    ),
    path("armonizacion/distancia/", distance.DistancePage.as_view(), name="distance"),
]
