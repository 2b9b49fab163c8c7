from django.contrib import admin
from django.urls import include, path

from rop_portal.views.gallery import Gallery
from rop_portal.views.health import health
from rop_portal.views.home import home

handler403 = "rop_portal.views.refusals.denied"
handler500 = "rop_portal.views.refusals.failed"

portal = [
    path("", home, name="home"),
    path("componentes/", Gallery.as_view(), name="gallery"),
    path("salud/", health, name="health"),
]
urlpatterns = [
    path("api/v1/", include("rop_portal.api")),
    path("", include("programs.urls")),
    path("", include((portal, "portal"))),
    path("", include("jobs.urls")),
    path("", include("accounts.urls")),
    path("", include("documents.urls")),
    path("", include("calls.urls")),
    path("", include("evaluations.urls")),
    path("cuenta/", include("accounts.sign_in")),
    path("administracion/", admin.site.urls),
]
