"""The portal speaks Spanish until a person chooses otherwise."""

import pytest
from django.conf import settings

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_language_of_the_browser_is_not_asked(client):
    response = client.get("/", headers={"accept-language": "en"})

    assert '<html lang="es-mx">' in response.text


def test_a_visitor_keeps_the_chosen_language_in_a_cookie(client):
    response = client.post("/idioma/", {"language": "en", "next": "/componentes/"})

    assert (response.status_code, response.url) == (302, "/componentes/")
    assert '<html lang="en">' in client.get("/").text


def test_a_person_keeps_the_chosen_language_in_the_profile(client):
    ana = User.objects.create_user("ana@demo.example", "largo y secreto 1")
    client.force_login(ana, backend=settings.AUTHENTICATION_BACKENDS[1])

    client.post("/idioma/", {"language": "en"})

    ana.refresh_from_db()
    assert ana.language == "en"


def test_the_way_back_never_leads_out_of_the_portal(client):
    response = client.post("/idioma/", {"language": "en", "next": "https://elsewhere.example/"})

    assert response.url == "/"


@pytest.mark.parametrize("sent", [{}, {"language": "fr"}])
def test_an_unknown_language_is_refused(client, sent):
    assert client.post("/idioma/", sent).status_code == 400
