"""The addresses of drafting, sign-off and publication, below ``/redaccion/``."""

from django.urls import path

from programs import urls_editor, urls_word
from programs.views import (
    amendments,
    annexes,
    blocks,
    criteria,
    drafting,
    guide_moves,
    publication,
    signoff,
    writing,
)

READ = ["get", "head", "options"]

urlpatterns = [
    path("", drafting.DraftList.as_view(), name="drafting"),
    path("nueva/", drafting.NewDraft.as_view(), name="draft_new"),
    path("<slug:code>/", writing.Studio.as_view(http_method_names=READ), name="draft"),
    *urls_editor.urlpatterns,
    path("<slug:code>/vista-previa/", drafting.Preview.as_view(), name="draft_preview"),
    path("<slug:code>/anexos/<slug:annex>/", annexes.DraftAnnexFile.as_view(), name="draft_annex"),
    path("<slug:code>/guia/", guide_moves.DraftGuide.as_view(), name="draft_guide"),
    *urls_word.urlpatterns,
    path("<slug:code>/firmas/", signoff.SignOffPage.as_view(), name="draft_signoff"),
    path("<slug:code>/modificacion/", amendments.AmendmentDesk.as_view(), name="draft_amendment"),
    path("<slug:code>/publicar/", publication.Publish.as_view(), name="draft_publish"),
    path("<slug:code>/datos/<slug:model>/nuevo/", criteria.row_form, name="row_add"),
    path("<slug:code>/datos/<slug:model>/<slug:key>/", criteria.row_form, name="row_change"),
    path("<slug:code>/plazos/<slug:model>/", blocks.RowTerm.as_view(), name="row_term"),
    path("<slug:code>/datos/<slug:model>/<slug:key>/duplicar/", blocks.RowCopy.as_view(), name="row_copy"),
    path(
        "<slug:code>/datos/<slug:model>/<slug:key>/recuperar/",
        blocks.RowRestore.as_view(),
        name="row_restore",
    ),
    path("<slug:code>/datos/<slug:model>/<slug:key>/mover/", blocks.RowMove.as_view(), name="row_move"),
    path("<slug:code>/datos/<slug:model>/<slug:key>/quitar/", blocks.RowRemove.as_view(), name="row_remove"),
]
