"""A database that is away for a moment, or a full disk: try again soon, and nothing was half done (R4)."""

import errno
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.test import Client

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def failing(error):
    def execute(*_arguments):
        raise error("server closed the connection unexpectedly")

    return execute


@pytest.mark.parametrize("address", ["/convocatorias/", "/mi/"])
@pytest.mark.parametrize("error", [OperationalError, InterfaceError, partial(OSError, errno.ENOSPC)])
def test_a_page_of_a_database_out_of_reach_says_when_to_try_again(client, address, error, caplog):
    from django.db import connection

    client.force_login(UserFactory())
    with connection.execute_wrapper(failing(error)):
        answer = client.get(address)

    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "Un momento, por favor" in answer.text
    assert "server closed the connection unexpectedly" in caplog.text


def test_it_is_said_in_the_language_of_who_asks(client):
    from django.db import connection

    client.cookies["django_language"] = "en"
    with connection.execute_wrapper(failing(OperationalError)):
        answer = client.get("/convocatorias/")

    assert '<html lang="en">' in answer.text
    assert "One moment, please" in answer.text


@pytest.mark.parametrize("error", [IntegrityError, DatabaseError, ValueError, OSError])
def test_a_fault_of_ours_is_not_called_an_outage(client, error):
    from django.db import connection

    with connection.execute_wrapper(failing(error)):
        answer = client.get("/convocatorias/")

    assert answer.status_code == 500
    assert "Retry-After" not in answer
