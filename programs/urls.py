from django.urls import path

from programs.views import public

app_name = "programs"

urlpatterns = [
    path("reglas/<str:program>/<int:year>/", public.EditionPage.as_view(), name="edition"),
]
