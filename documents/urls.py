from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("documentos/<slug:code>/", views.RenderingPage.as_view(), name="rendering"),
    path("documentos/<slug:code>/estado.json", views.progress, name="progress"),
    path("documentos/<slug:code>/archivo.pdf", views.download, name="download"),
    path("documentos/<slug:code>/reintentar/", views.try_again, name="try_again"),
    path("antivirus/", views.AntivirusPage.as_view(), name="antivirus"),
    path("verificar/", views.Verify.as_view(), name="verify"),
    path("verificar/<str:code>/", views.verification, name="verification"),
]
