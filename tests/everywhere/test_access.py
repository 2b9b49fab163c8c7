"""Every address × every role × GET and POST has a declared answer (quality.md, S1).

``answers.yaml`` declares them; an address that it does not name fails. A POST is empty: what matters is
who is let in, and each one is undone.
"""

from pathlib import Path

import pytest
import yaml
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.addresses import all_addresses
from tests.everywhere.roles import ROLES
from tests.everywhere.samples import Samples

pytestmark = [pytest.mark.xdist_group("demo world"), pytest.mark.django_db]
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
    """The answer to one request, undone; the limits on how often a visitor may ask start anew."""
    cache.clear()
    with transaction.atomic():
        response = ask(client, method, address)
        transaction.set_rollback(True)
    return response.status_code


def test_every_address_is_declared_and_every_declaration_is_an_address():
    assert sorted(DECLARED) == sorted(ADDRESSES)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_each_role_gets_its_declared_answer(name, method, client_of):
    address = reverse(name, kwargs=Samples().of(name, ADDRESSES[name]))

    given = {role: status(client_of(role), method, address) for role in ROLES}

    assert given == {role: expected(name, method, role) for role in ROLES}
