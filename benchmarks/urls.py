"""The portal's addresses, and the bare ones that its pages are measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from calls import desk_list
from calls.models import Application
from calls.views.desk import Desk
from programs.models import Program
from rop_portal.urls import urlpatterns as portal


def bare(request):
    """The portal's own layout, signed in, one query, no content."""
    Program.objects.order_by("pk").first()
    return render(request, "base.html")


@login_not_required
def hello(request):
    return HttpResponse("hola")


def plain_list(request, template="benchmarks/plain.html"):
    """As many rows with the same cells as a page of the desk, in the plainest way that Django has."""
    sent = Application.objects.filter(state="submitted").select_related("organization__body", "municipality")
    return render(request, template, {"rows": desk_list.counted(sent)[: Desk.paginate_by]})


urlpatterns = [
    path("vacia/", bare, name="bare"),
    path("hola/", hello, name="hello"),
    path("lista/", plain_list, name="plain_list"),
    path(
        "lista/enmarcada/",
        plain_list,
        {"template": "benchmarks/plain_in_layout.html"},
        "plain_list_in_layout",
    ),
    *portal,
]
handler403 = "rop_portal.views.refusals.denied"
handler500 = "rop_portal.views.refusals.failed"
