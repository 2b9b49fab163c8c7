"""The addresses of one component of a draft: its text, who writes it, its versions, its comments."""

from django.urls import path

from programs.views import drafting, versions

COMPONENT = "<slug:code>/componentes/<slug:component>/"
VERSION = f"{COMPONENT}versiones/<int:number>/"

urlpatterns = [
    path(COMPONENT, drafting.Studio.as_view(), name="draft_component"),
    path(f"{COMPONENT}no-aplica/", drafting.NotApplicable.as_view(), name="draft_not_applicable"),
    path(f"{COMPONENT}versiones/", versions.History.as_view(), name="draft_versions"),
    path(
        f"{COMPONENT}versiones/comparar/",
        versions.CompareVersions.as_view(),
        name="draft_versions_compare",
    ),
    path(VERSION, versions.Version.as_view(), name="draft_version"),
    path(f"{VERSION}restaurar/", versions.Restore.as_view(), name="draft_restore"),
    path(f"{VERSION}nombre/", versions.NameVersion.as_view(), name="draft_name_version"),
]
