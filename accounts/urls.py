from django.urls import path

from accounts.views.language import choose_language

app_name = "accounts"
urlpatterns = [
    path("idioma/", choose_language, name="language"),
]
