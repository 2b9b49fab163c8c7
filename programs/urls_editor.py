"""The addresses of one component of a draft: its text, who writes it, its versions, its comments."""

from django.urls import path

from programs.views import comments, drafting, presence, versions, writing

COMPONENT = "<slug:code>/componentes/<slug:component>/"
VERSION = f"{COMPONENT}versiones/<int:number>/"

urlpatterns = [
    path(COMPONENT, writing.Studio.as_view(), name="draft_component"),
    path(f"{COMPONENT}no-aplica/", drafting.NotApplicable.as_view(), name="draft_not_applicable"),
    path(f"{COMPONENT}unir/", writing.Join.as_view(), name="draft_join"),
    path(f"{COMPONENT}valores/", writing.Values.as_view(), name="draft_values"),
    path(f"{COMPONENT}presencia/", presence.PresenceBeat.as_view(), name="draft_presence"),
    path(f"{COMPONENT}comentarios/", comments.NewComment.as_view(), name="draft_comment"),
    path("<slug:code>/comentarios/<slug:comment>/", comments.CommentAct.as_view(), name="draft_comment_act"),
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
