"""The front page shows first what organizations come for: the calls that are open or about to open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.applications import OpenCallFactory

pytestmark = pytest.mark.django_db


def test_the_calls_that_close_first_come_first_and_closed_ones_not_at_all(client):
    now = timezone.now()
    for title, opens, closes in [
        ("Cierra al último", -3, 40),
        ("Cierra primero", -20, 11),
        ("Por abrir", 5, 36),
        ("Ya cerró", -60, -25),
    ]:
        OpenCallFactory(
            title=title, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
        )

    page = client.get("/").text

    assert page.index("Cierra primero") < page.index("Cierra al último") < page.index("Por abrir")
    assert "Ya cerró" not in page


def test_no_more_than_three_are_shown_and_all_are_a_link_away(client):
    for number in range(5):
        OpenCallFactory(title=f"Convocatoria de prueba {number}")

    page = client.get("/").text

    assert page.count("Convocatoria de prueba") == 3 * 2  # the heading, and the check of each
    assert "Ver todas las convocatorias" in page


def test_without_calls_nothing_is_promised(client):
    assert "Convocatorias abiertas" not in client.get("/").text


def test_it_costs_the_same_with_one_call_as_with_three(client, django_assert_num_queries):
    OpenCallFactory()
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    OpenCallFactory()
    OpenCallFactory()
    with django_assert_num_queries(1):
        client.get("/")
