"""Signing up, in, and back in after forgetting: in our look, without telling who has an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse

from accounts.models import User
from jobs import runner
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "otra frase larga y sencilla"


def with_address(**person):
    user = UserFactory(**person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def last_link():
    runner.drain()
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1]


def sign_up(client, email="nueva@demo.example"):
    return client.post(
        "/cuenta/registro/",
        {"name": "Ana Ruiz", "email": email, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )


def test_signing_up_takes_the_confirmation_of_the_address(client):
    answer = sign_up(client, "Nueva@Demo.example")
    assert answer.url == "/cuenta/correo-enviado/"
    user = User.objects.get(email="nueva@demo.example")
    assert (user.name, user.language) == ("Ana Ruiz", "es-mx")

    address = last_link()
    assert client.get(address).status_code == 200
    client.post(address)

    assert EmailAddress.objects.get(user=user).verified
    client.logout()
    entered = client.post("/cuenta/entrar/", {"login": user.email, "password": NEW_PASSWORD})
    assert (entered.status_code, entered.url) == (302, "/mi/")


def test_an_address_that_is_taken_gets_the_same_answer_and_a_letter(client):
    with_address(email="ana@demo.example")

    taken, free = sign_up(client, "ana@demo.example"), sign_up(client, "libre@demo.example")

    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    runner.drain()
    assert {letter.to[0] for letter in mail.outbox} == {"ana@demo.example", "libre@demo.example"}
    assert User.objects.filter(email="ana@demo.example").count() == 1


def test_a_wrong_password_and_an_unknown_address_say_the_same(client):
    with_address(email="ana@demo.example")

    wrong = client.post("/cuenta/entrar/", {"login": "ana@demo.example", "password": "no es esta"})
    unknown = client.post("/cuenta/entrar/", {"login": "nadie@demo.example", "password": "no es esta"})

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_trying_many_passwords_is_stopped(client):
    with_address(email="ana@demo.example")
    for _n in range(12):
        client.post("/cuenta/entrar/", {"login": "ana@demo.example", "password": "no es esta"})

    client.post("/cuenta/entrar/", {"login": "ana@demo.example", "password": PASSWORD})

    assert client.get("/mi/perfil/").status_code == 302


def test_a_forgotten_password_is_replaced_by_the_link(client):
    with_address(email="ana@demo.example")

    known = client.post("/cuenta/contrasena/olvidada/", {"email": "ana@demo.example"})
    page = client.get(last_link(), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    unknown = client.post("/cuenta/contrasena/olvidada/", {"email": "nadie@demo.example"})
    assert known.url == unknown.url
    assert User.objects.get(email="ana@demo.example").check_password(NEW_PASSWORD)


def test_the_second_factor_is_asked_for_once_it_is_active(client):
    user = with_address(email="ana@demo.example")
    client.post("/cuenta/entrar/", {"login": user.email, "password": PASSWORD})
    assert client.get("/cuenta/segundo-factor/activar/").url.startswith("/cuenta/confirmar/")
    client.post("/cuenta/confirmar/", {"password": PASSWORD})
    page = client.get("/cuenta/segundo-factor/activar/")
    assert page.status_code == 200
    secret = page.context["form"].secret

    client.post(
        "/cuenta/segundo-factor/activar/", {"code": totp.format_hotp_value(totp.hotp_value(secret, 0))}
    )
    code = next(totp.yield_hotp_counters_from_time())
    client.post(
        "/cuenta/segundo-factor/activar/", {"code": totp.format_hotp_value(totp.hotp_value(secret, code))}
    )
    assert user.authenticator_set.filter(type="totp").exists()
    assert "<code>" in client.get("/cuenta/segundo-factor/respaldo/").text

    client.logout()
    entered = client.post("/cuenta/entrar/", {"login": user.email, "password": PASSWORD})
    assert entered.url == reverse("mfa_authenticate")
    assert client.get(entered.url).status_code == 200
    assert client.get("/mi/perfil/").status_code == 302


PUBLIC = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
    "account_reset_password_from_key_done",
]
SIGNED_IN = [
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "account_reauthenticate",
]


@pytest.mark.parametrize("language", ["es-mx", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_page_has_our_look(client, name, language):
    client.cookies["django_language"] = language

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert 'class="top"' in page.text


@pytest.mark.parametrize("name", SIGNED_IN)
def test_every_page_of_the_account_has_our_look(client, name):
    user = with_address()
    client.post("/cuenta/entrar/", {"login": user.email, "password": PASSWORD})

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert page.text.count("<h1>") == 1


@pytest.mark.parametrize("path", ["/cuenta/login/", "/cuenta/signup/", "/cuenta/social/", "/cuenta/2fa/"])
def test_addresses_of_the_library_that_we_do_not_use_do_not_exist(client, path):
    client.force_login(UserFactory())

    assert client.get(path).status_code == 404


def test_i_change_my_name_and_language(client):
    ana = UserFactory(name="Ana")
    client.force_login(ana)

    client.post("/mi/perfil/", {"name": "Ana Ruiz", "language": "en"})

    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana Ruiz", "en")
    assert "My profile" in client.get("/mi/perfil/").text


@pytest.mark.parametrize(
    "path", ["/mi/", "/mi/perfil/", "/mi/actos/", "/cuenta/", "/equipo/", "/avisos/", "/trabajos/"]
)
def test_my_pages_are_there_for_somebody_new_and_ask_visitors_to_sign_in(client, path):
    assert client.get(path).status_code == 302

    client.force_login(UserFactory())
    assert client.get(path).status_code == 200
