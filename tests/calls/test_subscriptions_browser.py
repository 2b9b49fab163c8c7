"""From the list of calls to a subscription and out again, in a real browser, on a telephone and on a desk."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from calls.models import Subscription
from jobs import runner
from tests.axe import assert_accessible
from tests.browser import DESK, PHONE
from tests.factories.calls import CallFactory, published_rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINK = re.compile(r"/convocatorias/suscripcion/confirmar/\S+")
WORDS = {
    "es-mx": ["convocatorias como estas", "Recibir avisos de estas", "Confirmar", "Darse de baja", "Quitar"],
    "en": ["calls like these", "Be told of these calls", "Confirm", "Unsubscribe", "Remove"],
}


@pytest.mark.parametrize(("width", "language"), [(PHONE, "es-mx"), (DESK, "en")])
def test_somebody_without_an_account_subscribes_confirms_and_leaves(open_page, width, language):
    CallFactory(published=True, topics="igualdad, niñez")
    like_these, ask, confirm, leave, remove = WORDS[language]
    page = open_page("/convocatorias/?topic=niñez", width=width, language=language)

    page.get_by_role("link", name=like_these).click()
    assert page.get_by_label(re.compile("Tema|Topic")).input_value() == "niñez"
    page.get_by_role("button", name=ask).click()
    assert page.get_by_role("alert").is_visible()
    page.faults.clear()  # the browser notes that the form was refused
    assert_accessible(page)
    page.get_by_role("textbox").fill("ana@demo.example")
    page.get_by_role("button", name=ask).click()
    assert_accessible(page)
    runner.drain()

    page.goto(LINK.search(mail.outbox[0].body).group())
    assert_accessible(page)
    page.get_by_role("button", name=confirm).click()
    assert page.get_by_role("button", name=remove).count() == 1
    assert_accessible(page)

    page.get_by_role("link", name=leave).click()
    assert_accessible(page)
    page.get_by_role("button", name=leave).click()
    assert_accessible(page)
    assert Subscription.objects.get().address is None
    assert page.faults == []


@pytest.mark.parametrize(("width", "language"), [(PHONE, "es-mx"), (DESK, "en")])
def test_the_calls_to_come_are_accessible(open_page, width, language):
    year = timezone.localdate().year
    published_rules(year=year, is_demo=True)
    CallFactory(publication=published_rules(acronym="SSAS", year=year - 1), published=True)

    page = open_page("/convocatorias/proximas/", width=width, language=language)

    assert_accessible(page)
    assert page.locator("li.card").count() >= 1
