from django.urls import include, path

from programs.views import public

app_name = "programs"

urlpatterns = [
    path("redaccion/", include("programs.urls_drafting")),
    path("reglas/<str:program>/<int:year>/", public.EditionPage.as_view(), name="edition"),
]
