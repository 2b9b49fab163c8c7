"""The applicant's path and the desk in a real browser: readable by everybody, at 360 pixels too."""

import os

import pytest
from playwright.sync_api import expect

from calls.models import Answer
from tests.axe import assert_accessible
from tests.browser import DESK, PHONE
from tests.factories.applications import (
    ApplicationFactory,
    OpenCallFactory,
    check_all,
    drafter_of,
    municipality,
    operator_of,
    pdf_bytes,
    representative_of,
    submit,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATH = ["", "elegibilidad/", "proyecto/", "preguntas/1/", "documentos/", "presupuesto/", "revision/"]


def look(page, name):
    """The page keeps what every page owes; with PICTURES it is also kept as a picture, to be looked at."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert_accessible(page)


@pytest.mark.parametrize(("width", "language"), [(PHONE, "es-mx"), (DESK, "en")])
def test_every_page_of_the_path_can_be_read(open_page, width, language):
    municipality()
    application = ApplicationFactory()
    ana = representative_of(application.organization)

    def see(address, name):
        look(open_page(address, user=ana, width=width, language=language), f"{name}-{width}")

    call = OpenCallFactory(edition=application.call.publication.edition)
    see(f"/convocatorias/{call.folio}/solicitar/", "start")
    for place, part in enumerate(PATH):
        see(f"/solicitudes/{application.public_id}/{part}", f"draft-{place}")
    submit(application)
    see("/solicitudes/", "mine")
    see(f"/solicitudes/{application.public_id}/", "sent")
    see(f"/solicitudes/{application.public_id}/acuse/", "receipt")
    see(f"/organizaciones/{application.organization.public_id}/", "organization")
    see(f"/organizaciones/{application.organization.public_id}/editar/", "organization-edit")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_desk_and_the_correction_can_be_read(open_page, width):
    prevented = ApplicationFactory(prevented=True)
    call = prevented.call
    waiting, ready = (submit(ApplicationFactory(call=call)) for _ in range(2))
    check_all(ready)
    rita, ana = operator_of(call), representative_of(prevented.organization)

    look(open_page("/solicitudes/mesa/", user=rita, width=width), f"desk-{width}")
    for part in ("", "admitir/"):
        page = open_page(f"/solicitudes/mesa/{call.folio}/{part}", user=rita, width=width)
        look(page, f"desk-call{part.strip('/')}-{width}")
    for part in ("", "prevencion/", "admitir/", "desechar/"):
        page = open_page(f"/solicitudes/{waiting.public_id}/expediente/{part}", user=rita, width=width)
        look(page, f"file-{part.strip('/')}-{width}")
    page = open_page(f"/solicitudes/{prevented.public_id}/correccion/", user=ana, width=width)
    look(page, f"correction-{width}")


def test_what_is_typed_is_kept_while_it_is_typed(open_page):
    application = ApplicationFactory()
    beto = drafter_of(application.organization)
    page = open_page(f"/solicitudes/{application.public_id}/preguntas/1/", user=beto, width=PHONE)

    for words in ("Falta trabajo", "Falta trabajo en el municipio"):
        with page.expect_response(lambda response: response.request.method == "POST") as answer:
            page.get_by_label("¿Qué problema atiende?").fill(words)
        assert answer.value.status == 200

    assert Answer.objects.get(application=application, question__key="problema").text == (
        "Falta trabajo en el municipio"
    )
    assert not page.faults


def test_an_application_is_filled_and_sent_on_a_telephone_without_scripts_being_needed(open_page):
    application = ApplicationFactory(complete=True)
    page = open_page(f"/solicitudes/{application.public_id}/documentos/", user=representative_of(
        application.organization), width=PHONE)  # fmt: skip

    page.locator("#acta input[type=file]").set_input_files(
        {"name": "acta.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("nueva")}
    )
    page.locator("#acta").locator("button.second").click()
    page.goto(page.url.split("/documentos")[0] + "/revision/")
    page.get_by_label("Declaro").check()
    page.get_by_role("button", name="Enviar la solicitud").click()
    page.wait_for_url("**/acuse/")

    application.refresh_from_db()
    assert application.folio in page.content()
    assert application.supplied.filter(requirement__key="acta").count() == 2


def test_the_totals_of_the_budget_follow_what_is_typed_and_the_server_judges_it(open_page):
    application = ApplicationFactory(complete=True)
    page = open_page(
        f"/solicitudes/{application.public_id}/presupuesto/", user=representative_of(application.organization)
    )
    total = {name: page.locator(f"[data-total={name}]") for name in ("grant", "own", "share", "cost")}
    apart = page.locator("[data-difference]")

    page.locator("#id_l-0-from_grant").fill("1,000.50")
    page.locator("#id_l-0-own_money").fill("$250")
    page.locator("#id_l-0-own_kind").fill("ocho")
    for spare in page.locator("fieldset input[name$=from_grant]").all()[1:]:
        spare.fill("")
    for spare in page.locator("fieldset input[name*=own_]").all()[2:]:
        spare.fill("")

    expect(total["cost"]).to_have_text("$1,250.50")
    assert total["grant"].inner_text() == "$1,000.50"
    assert total["own"].inner_text() == "$250.00"
    assert total["share"].inner_text() == "19.99"
    assert apart.inner_text() == "$78,999.50 faltan para llegar al monto solicitado"
    page.get_by_role("button", name="Guardar y agregar renglones").click()
    assert page.locator(".error-summary, .govuk-error-summary").is_visible()


# What a script asks for arrives, and its answer comes two seconds later
SLOW_LINE = """() => {
  const ask = window.fetch;
  window.asked = 0;
  window.fetch = async (...asked) => {
    window.asked += 1;
    const answer = await ask(...asked);
    await new Promise((go) => setTimeout(go, 2000));
    return answer;
  };
}"""


def wait_until_asked(page):
    """Until a pause in typing made autosave send once more than on leaving the amount."""
    for _moment in range(200):
        if page.evaluate("window.asked") > 1:
            return
        page.wait_for_timeout(50)
    raise AssertionError("autosave never sent the title")


def test_what_is_sent_while_it_is_being_kept_is_not_taken_for_somebody_elses(open_page):
    """Half of the title is on its way to be kept when the rest is typed and the button is pressed."""
    municipality()
    application = ApplicationFactory()
    page = open_page(
        f"/solicitudes/{application.public_id}/proyecto/", user=drafter_of(application.organization)
    )
    page.evaluate(SLOW_LINE)

    page.fill("[name=requested_amount]", "80,000")
    page.locator("[name=project_title]").press_sequentially("Tall")
    wait_until_asked(page)
    page.locator("[name=project_title]").press_sequentially("eres")
    page.click("main form .btn:not(.second)")

    page.wait_for_url("**/preguntas/1/")
    application.refresh_from_db()
    assert (application.project_title, application.requested_amount) == ("Talleres", 80_000)
    assert not application.set_aside.exists()
