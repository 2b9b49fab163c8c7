from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("rop_portal.api")),
    path("", include("programs.urls")),
    path("cuenta/", include("allauth.urls")),
]
