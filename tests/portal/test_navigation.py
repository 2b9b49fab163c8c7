"""What stands around a page: six entries at most, those of the person's roles first."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.models import Body, BodyKind, Role, User
from rop_portal import navigation
from rop_portal.navigation import Entry, Frame, for_roles

pytestmark = pytest.mark.django_db


def frame(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return Frame(request)


@pytest.fixture
def ana():
    ana = User.objects.create_user("ana@demo.example", "largo y secreto 1", name="Ana")
    agency = Body.objects.create(kind=BodyKind.AGENCY, name_es="Secretaría de prueba")
    ana.memberships.create(body=agency, role=Role.EDITOR)
    return ana


def test_a_visitor_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor = frame(AnonymousUser())
        _ = (visitor.navigation, visitor.unread, visitor.footer, visitor.account)


def test_a_person_costs_one_query_for_the_roles_and_one_for_the_notices(
    ana, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(navigation, "ENTRIES", [Entry("Rules", "portal:gallery", for_roles(Role.EDITOR))] * 9)
    with django_assert_num_queries(2):
        hers = frame(ana)
        _ = (hers.navigation, hers.unread, hers.footer, hers.account)


def test_an_entry_is_for_its_roles_and_only_while_its_address_exists(ana, monkeypatch):
    entries = [
        Entry("Rules", "portal:gallery", for_roles(Role.EDITOR)),
        Entry("Money", "portal:home", for_roles(Role.PAYER)),
        Entry("Nowhere", "portal:nowhere"),
    ]
    monkeypatch.setattr(navigation, "ENTRIES", entries)

    assert [entry["label"] for entry in frame(ana).navigation] == ["Rules"]
    assert frame(AnonymousUser()).navigation == []


def test_the_current_place_is_marked(ana, monkeypatch):
    entries = [Entry("Home", "portal:home"), Entry("Gallery", "portal:gallery")]
    monkeypatch.setattr(navigation, "ENTRIES", entries)

    marked = [entry["label"] for entry in frame(ana, "/componentes/x/").navigation if entry["current"]]

    assert marked == ["Gallery"]


def test_nobody_sees_more_than_six_entries(ana):
    everything = User.objects.create_user("todo@demo.example", "largo y secreto 1")
    body = Body.objects.get()
    for role in Role:
        everything.memberships.create(body=body, role=role)

    assert len(frame(everything).navigation) <= navigation.LONGEST == 6


@pytest.mark.parametrize("address", ["/no-existe/", "/componentes/no-existe/"])
def test_what_is_not_there_is_said_in_plain_words(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "No encontramos esta página" in response.text


def test_a_refusal_gives_its_reason(client, monkeypatch):
    from django.core.exceptions import PermissionDenied

    from rop_portal.views import refusals

    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    response = refusals.denied(request, PermissionDenied("Solo la presidencia firma el dictamen."))

    assert response.status_code == 403
    assert "Solo la presidencia firma el dictamen." in response.content.decode()


def test_a_form_that_expired_says_that_nothing_was_done():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/idioma/", {"language": "en"})

    assert response.status_code == 403
    assert "El formulario perdió vigencia" in response.text


def test_the_demonstration_is_told_on_every_page(client, settings):
    settings.DEMO = True

    assert "demo-band" in client.get("/componentes/").text
