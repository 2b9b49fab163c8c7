from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("cuenta/", include("allauth.urls")),
]
