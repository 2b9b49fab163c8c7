"""Addresses of organizations, applications and the desk."""

from django.urls import path

from calls.views import applicant

urlpatterns = [
    path("solicitudes/<str:public_id>/", applicant.ApplicationPage.as_view(), name="application"),
]
