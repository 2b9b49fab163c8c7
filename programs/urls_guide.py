"""The addresses of the Guide, below ``/guia/``."""

from django.urls import path

from programs.views import guide

urlpatterns = [
    path("guia/", guide.GuideList.as_view(), name="guides"),
    path("guia/<yyyy:year>/", guide.GuidePage.as_view(), name="guide"),
    path("guia/<yyyy:year>/componentes/<slug:component>/", guide.Describe.as_view(), name="guide_component"),
    path("guia/<yyyy:year>/revisiones/", guide.Checks.as_view(), name="guide_checks"),
    path("guia/<yyyy:year>/revisiones/<slug:check>/", guide.SetCheck.as_view(), name="guide_check"),
]
