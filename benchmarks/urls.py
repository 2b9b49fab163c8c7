"""The portal's addresses, and the bare page: its layout, signed in, one query, no content."""

from django.shortcuts import render
from django.urls import path

from programs.models import Program
from rop_portal.urls import urlpatterns as portal


def bare(request):
    Program.objects.order_by("pk").first()
    return render(request, "base.html")


urlpatterns = [path("vacia/", bare, name="bare"), *portal]
handler403 = "rop_portal.views.refusals.denied"
handler500 = "rop_portal.views.refusals.failed"
