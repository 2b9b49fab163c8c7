"""A large file over a line that comes and goes, in a real browser: it arrives, and goes on after a reload."""

import pytest
from playwright.sync_api import expect

from tests.axe import assert_accessible
from tests.browser import PHONE
from tests.factories.applications import ApplicationFactory, drafter_of, pdf_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIECE = 512 * 1024
LARGE = {
    "name": "acta.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf_bytes("grande") + b"\n" * (3 * PIECE),
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"


def choose_and_attach(page):
    section = page.locator("#acta")
    section.locator("input[type=file]").set_input_files(LARGE)
    section.get_by_role("button", name="Adjuntar").click()
    return section


def test_a_large_file_arrives_over_a_bad_line_and_after_a_reload(open_page):
    application = ApplicationFactory()
    address = f"/solicitudes/{application.public_id}/documentos/"
    page = open_page(address, user=drafter_of(application.organization), width=PHONE)
    puts, is_down = [], False

    def line(route):
        if route.request.method != "PUT":
            return route.continue_()
        puts.append(len(route.request.post_data_buffer or b""))
        return route.abort() if is_down or len(puts) == 2 else route.continue_()

    page.route("**/partes/*", line)
    page.on("response", lambda answer: puts.append("there") if answer.request.method == "PUT" else None)

    section = choose_and_attach(page)
    expect(section.get_by_role("progressbar", name="Envío del archivo")).to_be_visible()
    page.wait_for_function("document.querySelector('#acta [data-words]').textContent.startsWith('Van')")
    is_down = True
    expect(section.locator("[data-words]")).to_contain_text("No hay conexión")
    assert_accessible(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    expect(page.locator("#acta [data-half]")).to_contain_text("Elija de nuevo el mismo archivo")
    is_down, before = False, puts.count("there")
    choose_and_attach(page)

    expect(page.get_by_role("status").filter(has_text="Se guardó")).to_be_visible(timeout=30000)
    assert before >= 1
    assert application.supplied.get().document.size == len(LARGE["buffer"])


def test_what_is_refused_on_the_way_is_said_beside_the_file(open_page):
    application = ApplicationFactory()
    page = open_page(
        f"/solicitudes/{application.public_id}/documentos/", user=drafter_of(application.organization)
    )
    said = {"status": 409, "json": {"message": "La convocatoria no está abierta."}}
    page.route("**/partes/", lambda route: route.fulfill(**said))

    section = choose_and_attach(page)

    expect(section.get_by_role("alert")).to_have_text("La convocatoria no está abierta.")
    expect(section.locator("input[type=file]")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
