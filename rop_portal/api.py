"""The API of the portal: one router for the endpoints of all apps, its schema, and a page that lists them."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from calls.api.calls import ENDPOINTS as CALLS
from calls.api.dissemination import ENDPOINTS as DISSEMINATION
from calls.api.forecast import ENDPOINTS as FORECAST
from calls.api.questions import ENDPOINTS as QUESTIONS
from evaluations.api.feedback import ENDPOINTS as FEEDBACK
from evaluations.api.results import ENDPOINTS as RESULTS
from programs.api.viewsets import ENDPOINTS as PROGRAMS

ENDPOINTS = {**PROGRAMS, **CALLS, **DISSEMINATION, **FEEDBACK, **FORECAST, **QUESTIONS, **RESULTS}

router = SimpleRouter()
for name, viewset in ENDPOINTS.items():
    router.register(name, viewset, basename=name)


@require_safe
@login_not_required
def index(request):
    """What can be asked: for people as a page, for programs as JSON."""
    tables = [
        {
            "name": name,
            "address": request.build_absolute_uri(f"/api/v1/{name}/"),
            "about": (viewset.__doc__ or "").strip(),
            "filters": sorted(viewset.filterset_class.base_filters),
        }
        for name, viewset in ENDPOINTS.items()
    ]
    if request.accepts("text/html"):
        return render(request, "api_index.html", {"tables": tables})
    return JsonResponse({table["name"]: table["address"] for table in tables})


app_name = "api"

urlpatterns = [
    path("", index, name="root"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    *router.urls,
]
