"""The first administrator of a new portal."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, Role, TrailEntry, User
from tests.factories.accounts import member

pytestmark = pytest.mark.django_db


def invite(email, **options):
    out = StringIO()
    call_command("first_admin", email, stdout=out, **options)
    return re.search(r"https?://[^/]+(/\S+)", out.getvalue())[1]


def test_the_first_administrator_chooses_a_password_and_signs_in(client):
    address = invite("Rosa@armoniza.example", name="Rosa")

    form = client.get(address, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "una frase muy larga", "password2": "una frase muy larga"}
    )

    rosa = User.objects.get()
    assert rosa.email == "rosa@armoniza.example"
    assert client.login(username=rosa.email, password="una frase muy larga")
    assert list(rosa.memberships.values_list("role", "body__kind")) == [("administrator", "platform")]
    assert (rosa.is_staff, rosa.is_superuser) == (True, False)
    assert TrailEntry.objects.get().act == "membership.first_administrator"


def test_a_second_administrator_is_not_made_this_way():
    member(Role.ADMINISTRATOR)

    with pytest.raises(CommandError, match="administrator already"):
        invite("rosa@armoniza.example")

    assert not User.objects.filter(email="rosa@armoniza.example").exists()


def test_who_lost_the_address_gets_another_and_nothing_is_doubled():
    of_whom, _first = invite("rosa@armoniza.example").rstrip("/").split("/")[-1].split("-", 1)

    again, _second = invite("rosa@armoniza.example").rstrip("/").split("/")[-1].split("-", 1)
    assert again == of_whom
    assert Membership.objects.count() == 1


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError, match="not an e-mail address"):
        invite("rosa")
