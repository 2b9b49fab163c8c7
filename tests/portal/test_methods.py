"""What only shows answers to no other method."""

import pytest
from django.urls import reverse

from tests.factories.calls import CallFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["portal:home", "api:root", "calls:calendar"])
def test_a_page_that_only_shows_refuses_a_post(client, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405


def test_the_calendar_of_a_call_refuses_a_post(client):
    address = reverse("calls:call_calendar", args=[CallFactory(published=True).folio])

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
