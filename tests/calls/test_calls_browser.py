"""The pages of calls in a real browser, on a telephone and on a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calls.actions import promises
from tests.axe import assert_accessible
from tests.browser import DESK, PHONE
from tests.factories.calls import CallFactory, operator_of, published_rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_now():
    """A call whose reception is open today, with a promise that changed."""
    today = timezone.localdate()
    first = today - timedelta(days=9)
    days = dict.fromkeys(("call_issued", "call_closed", "ruling", "results_published", "agreements_signed"))
    for place, code in enumerate(days):
        days[code] = first + timedelta(days=[0, 29, 50, 60, 75][place])
    schedule = {
        code: {"side": "agency", "on": on, "latest": on + timedelta(days=9)} for code, on in days.items()
    }
    schedule["documents_delivered"] = {"side": "cso", "days": 5, "unit": "business", "after": "call_closed"}
    for place, code in enumerate(
        ("benefit_delivered", "project_operation", "reports_delivered", "verification_closed")
    ):
        schedule[code] = {"side": "cso", "on": first + timedelta(days=90 + 30 * place)}
    rules = published_rules(schedule=schedule, modalities=3, is_demo=True)
    call = CallFactory(publication=rules, published=True, topics="igualdad, niñez")
    promises.change_date(
        call, "ruling", days["ruling"] + timedelta(days=3), reason="Una sesión más.", by=operator_of(call)
    )
    return call


@pytest.mark.parametrize(("width", "language"), [(PHONE, "es-mx"), (DESK, "en")])
def test_the_list_the_call_and_the_dates_are_accessible(open_page, width, language):
    call = open_now()

    for address in (
        "/convocatorias/",
        call.get_absolute_url(),
        "/convocatorias/fechas/",
        "/convocatorias/?q=nada",
    ):
        assert_accessible(open_page(address, width=width, language=language))


def test_the_cockpit_the_draft_and_a_promise_are_accessible_on_a_telephone(open_page):
    call = open_now()
    rita = operator_of(call)
    draft = CallFactory(publication=published_rules(), by=rita)

    for address in (
        f"/convocatorias/{call.folio}/gestion/",
        f"/convocatorias/{call.folio}/gestion/fechas/ruling/",
        f"/convocatorias/{draft.folio}/gestion/",
        f"/convocatorias/{draft.folio}/gestion/publicar/",
        f"/convocatorias/abrir/{draft.edition.code}/",
    ):
        assert_accessible(open_page(address, user=rita, width=PHONE))


def test_a_29_day_window_leads_from_the_summary_to_its_field(open_page):
    draft = CallFactory()
    page = open_page(f"/convocatorias/{draft.folio}/gestion/", user=operator_of(draft), width=PHONE)

    page.fill("#id_closes_on", "2026-03-30")
    page.click("main form button[type=submit]")

    assert page.locator(".govuk-error-summary a").get_attribute("href") == "#id_closes_on"
    assert page.input_value("#id_closes_on") == "2026-03-30"
    page.faults.clear()  # the browser notes the answer 422 as an error
    assert_accessible(page)


@pytest.mark.parametrize(("width", "language"), [(PHONE, "es-mx"), (DESK, "en")])
def test_the_eligibility_check_answers_at_once_and_stays_where_one_was(open_page, width, language):
    call = open_now()
    page = open_page(f"/convocatorias/{call.folio}/elegibilidad/", width=width, language=language)
    no = page.locator("input[value=no]")
    no.focus()

    page.keyboard.press("Space")

    page.locator("#result .tone-wrong").wait_for()
    page.wait_for_url("**?condition-sin-fines-de-lucro=no")
    assert no.evaluate("control => control === document.activeElement")
    assert_accessible(page)
