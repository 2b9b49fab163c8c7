"""The addresses of drafts that leave as a file and come back from one, below ``/redaccion/``."""

from django.urls import path

from programs.views import word, word_imports

urlpatterns = [
    path("<slug:code>/borrador.docx", word.DraftFile.as_view(), name="draft_word"),
    path("<slug:code>/borrador.html", word.DraftFile.as_view(kind="html"), name="draft_html"),
    path("<slug:code>/importar/", word_imports.ImportWord.as_view(), name="import_word"),
    path("<slug:code>/importar/<slug:public_id>/", word_imports.WordReport.as_view(), name="word_import"),
]
