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
    is_up, sent, lost = False, [], []

    def line(route):
        """The first piece passes, the second is lost, and the next ones go nowhere."""
        if route.request.method == "PUT" and sent and not is_up:
            lost.append(route)
            return route.abort() if len(lost) == 1 else None
        if route.request.method == "PUT":
            sent.append(route.request.url)
        return route.continue_()

    page.route("**/partes/*", line)
    section = choose_and_attach(page)

    expect(section.locator("[data-words]")).to_contain_text("No hay conexión")
    expect(section.get_by_role("progressbar", name="Envío del archivo")).to_be_visible()
    heard(page, "ERR_FAILED")
    assert_accessible(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    expect(page.locator("#acta [data-half]")).to_contain_text("Elija de nuevo el mismo archivo")
    is_up, before = True, list(sent)
    choose_and_attach(page)

    expect(page.get_by_role("status").filter(has_text="Se guardó")).to_be_visible(timeout=30000)
    assert application.supplied.get().document.size == len(LARGE["buffer"])
    assert (len(before), [one for one in sent[1:] if "offset=0" in one]) == (1, [])


def heard(page, words):
    """The browser complained of this, and of nothing else; it is expected."""
    assert all(words in fault for fault in page.faults), page.faults
    page.faults.clear()


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
    heard(page, "409")
    assert_accessible(page)
