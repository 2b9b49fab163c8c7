"""Public pages kept for visitors: the same to all, none stale after an act, nobody's token to another."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import acts
from calls.models import Call
from rop_portal import kept_pages
from tests.factories.accounts import UserFactory
from tests.factories.applications import OpenCallFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/convocatorias/"


@pytest.fixture(autouse=True)
def _kept(settings, monkeypatch):
    settings.PUBLIC_PAGES_KEPT_SECONDS = 30
    monkeypatch.setattr(kept_pages, "shelf", kept_pages.Shelf())


def seen(client, address=ADDRESS, **options):
    answer = client.get(address, **options)
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*', "", answer.text)


def renamed(call, title):
    """As no act does it: without a line in the trail."""
    Call.objects.filter(pk=call.pk).update(title=title)


def test_a_page_is_drawn_once_for_all_visitors():
    OpenCallFactory()
    first = seen(Client())

    with CaptureQueriesContext(connection) as asked:
        again = seen(Client())

    assert again == first
    assert len(asked) == 0


def test_an_act_is_seen_by_visitors_a_second_later(monkeypatch):
    monkeypatch.setattr(kept_pages, "VERSION_SECONDS", 0)
    call = OpenCallFactory(title="Como era")
    seen(Client())
    renamed(call, "Como es")
    assert "Como era" in seen(Client())

    acts.record("call.describe", call, by=call.created_by)

    assert "Como es" in seen(Client())


def test_nothing_is_shown_longer_than_it_is_kept(monkeypatch):
    call = OpenCallFactory(title="Como era")
    pages = [seen_at(second, monkeypatch) for second in (100, 129)]
    renamed(call, "Como es")
    pages += [seen_at(second, monkeypatch) for second in (129, 130)]

    assert ["Como es" in page for page in pages] == [False, False, False, True]


def seen_at(second, monkeypatch):
    monkeypatch.setattr(kept_pages, "monotonic", lambda: second)
    return seen(Client())


def test_whoever_is_signed_in_has_a_page_of_their_own(client):
    call = OpenCallFactory(title="Como era")
    seen(Client())
    renamed(call, "Como es")
    client.force_login(UserFactory(name="Ana Ruiz"))

    own = seen(client)

    assert "Como es" in own
    assert "Ana Ruiz" not in seen(Client())


def test_each_language_and_each_filter_is_a_page_of_its_own():
    OpenCallFactory()
    english = Client()
    english.cookies["django_language"] = "en"

    pages = {seen(Client()), seen(english), seen(Client(), ADDRESS + "?q=nada"), seen(Client())}

    assert len(pages) == 3


def test_the_token_of_a_kept_page_is_the_visitors_own():
    OpenCallFactory()
    first, second = (Client(enforce_csrf_checks=True) for _n in range(2))
    tokens = [
        re.search(r'csrfmiddlewaretoken" value="([^"]+)', c.get(ADDRESS).text)[1] for c in (first, second)
    ]
    form = {"language": "en", "next": ADDRESS}

    own = second.post("/idioma/", form | {"csrfmiddlewaretoken": tokens[1]})
    anothers = second.post("/idioma/", form | {"csrfmiddlewaretoken": tokens[0]})

    assert (own.status_code, anothers.status_code) == (302, 403)


def test_a_browser_that_has_the_page_is_told_so_until_it_changes(monkeypatch):
    monkeypatch.setattr(kept_pages, "VERSION_SECONDS", 0)
    call = OpenCallFactory(title="Como era")
    client = Client()
    client.get(ADDRESS)  # which gives it its token
    etag = client.get(ADDRESS)["ETag"]

    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    assert Client().get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200
    renamed(call, "Como es")
    acts.record("call.describe", call, by=call.created_by)
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200


def test_a_page_that_no_view_marks_is_never_kept():
    Client().get("/cuenta/entrar/")

    assert not kept_pages.shelf.pages


def test_the_security_headers_of_a_kept_page_are_those_of_a_drawn_one():
    OpenCallFactory()
    drawn, kept = Client().get(ADDRESS), Client().get(ADDRESS)

    assert dict(kept.headers) == dict(drawn.headers)
