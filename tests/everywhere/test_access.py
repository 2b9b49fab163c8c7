"""Every address × every role × GET and POST has a declared answer (quality.md, S1).

``answers.yaml`` declares them; an address that it does not name fails. A POST is empty: what matters is
who is let in, and each one is undone.
"""

import re
from pathlib import Path

import pytest
import yaml
from django.core.cache import cache
from django.db import transaction
from django.template.backends.django import Template
from django.urls import reverse

from tests.addresses import all_addresses
from tests.everywhere.roles import ANONYMOUS, ROLES

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("demo world"), pytest.mark.django_db]
ADDRESSES = dict(all_addresses())
DECLARED = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text())


def expected(name, method, role):
    """The declared status: ``{200: [operator], 404: rest}``, or one number for everybody."""
    answers = DECLARED[name][method]
    if isinstance(answers, int):
        return answers
    for status, who in answers.items():
        if who != "rest" and role in who:
            return status
    return next(status for status, who in answers.items() if who == "rest")


def ask(client, method, address):
    """The response, read to its end: a file that is served is closed then."""
    response = client.generic(method, address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def status(client, method, address):
    return undone(client, method, address).status_code


def undone(client, method, address):
    """The answer to one request, undone; the limits on how often a visitor may ask start anew."""
    cache.clear()
    with transaction.atomic():
        response = ask(client, method, address)
        transaction.set_rollback(True)
    return response


def test_every_address_is_declared_and_every_declaration_is_an_address():
    assert sorted(DECLARED) == sorted(ADDRESSES)


@pytest.fixture
def undrawn(monkeypatch):
    """Who is let in is decided before a page is drawn; drawing each for every role took most of the time.

    What each page says, and that it can be drawn, is for the tests of budget and pages.
    """
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.usefixtures("undrawn")
def test_each_role_gets_its_declared_answer(name, method, client_of, samples):
    address = reverse(name, kwargs=samples.of(name, ADDRESSES[name]))

    given = {role: status(client_of(role), method, address) for role in ROLES}

    assert given == {role: expected(name, method, role) for role in ROLES}


def seen(response, address):
    """The page as a person sees it, whatever its address was."""
    text = response.content.decode().replace(address, "")
    return VARYING.sub("", text)


def made_up(value):
    """A part of the same form that nothing has."""
    return (
        "9" * max(2, len(str(value)))
        if str(value).isdigit()
        else "".join(OTHER.get(letter, letter) for letter in str(value))
    )


OTHER = {
    **dict(zip("0123456789", "9876543210", strict=True)),
    **dict(zip("AEIOUaeiou", "UOIEAuoiea", strict=True)),
}
# The token of a form, and the name of a request
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


def hidden_from(name):
    """Somebody for whom the page does not exist though it does for another role."""
    answers = {role: expected(name, "GET", role) for role in ROLES if role != ANONYMOUS}
    if 404 not in answers.values() or set(answers.values()) == {404}:
        return None
    return next(role for role in answers if answers[role] == 404)


@pytest.mark.parametrize("name", [n for n, parts in ADDRESSES.items() if parts and hidden_from(n)])
def test_what_is_not_theirs_looks_like_what_does_not_exist(name, client_of, samples):
    given = samples.of(name, ADDRESSES[name])
    real = reverse(name, kwargs=given)
    unreal = reverse(name, kwargs={part: made_up(value) for part, value in given.items()})
    client = client_of(hidden_from(name))

    hidden, absent = undone(client, "GET", real), undone(client, "GET", unreal)

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert seen(hidden, real) == seen(absent, unreal)
