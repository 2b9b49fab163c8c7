"""The small scripts of the pages, in a real browser: what is typed is never lost."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORM = """async () => {
  const form = document.createElement("form");
  form.method = "post"; form.dataset.autosave = "/prueba/guardar/"; form.dataset.autosaveKey = "prueba";
  const box = Object.assign(document.createElement("textarea"), {name: "resumen", id: "resumen"});
  const version = document.createElement("input");
  Object.assign(version, {type: "hidden", name: "version", value: "1"});
  form.append(box, version);
  document.querySelector("main").append(form);
  (await import("/static/js/autosave.js")).begin(form);
}"""
KEPT = "localStorage.getItem('autosave:prueba')"


@pytest.fixture
def writing(open_page):
    """A page with a form that saves itself; ``answers`` is what the server says each time."""
    page = open_page("/componentes/")
    page.sent, page.answers = [], []

    def answer(route):
        page.sent.append(route.request.post_data)
        said = page.answers.pop(0) if page.answers else {"status": 200, "json": {"saved_at": "12:31"}}
        route.abort() if said == "offline" else route.fulfill(**said)

    page.route("**/prueba/guardar/", answer)
    page.evaluate(FORM)
    page.stamp = page.locator("[data-autosave-stamp]")
    return page


def test_what_is_typed_is_saved_a_moment_later_and_it_says_so(writing):
    writing.fill("#resumen", "Un taller de lectura")

    expect(writing.stamp).to_have_text("Guardado a las 12:31 h")
    assert "Un taller de lectura" in writing.sent[0]
    assert writing.evaluate(KEPT) is None


def test_a_new_version_is_taken_over_for_the_next_saving(writing):
    writing.answers.append({"status": 200, "json": {"saved_at": "12:31", "version": "2"}})
    writing.fill("#resumen", "uno")
    expect(writing.stamp).to_have_text("Guardado a las 12:31 h")

    assert writing.input_value("input[name=version]") == "2"


@pytest.mark.parametrize(
    "refusal", [{"status": 401}, {"status": 302, "headers": {"location": "/cuenta/login/"}}]
)
def test_a_lost_session_is_said_and_what_was_typed_is_restored_on_return(writing, refusal):
    writing.answers.append(refusal)
    writing.fill("#resumen", "Tres meses de trabajo")
    expect(writing.stamp).to_have_text(re.compile("Su sesión terminó"))

    writing.reload()
    writing.evaluate(FORM)

    assert writing.input_value("#resumen") == "Tres meses de trabajo"
    expect(writing.stamp).to_have_text(re.compile("Guardado a las 12:31 h"))


def test_without_a_connection_the_text_stays_on_the_device(writing):
    writing.answers.append("offline")
    writing.fill("#resumen", "Sin red")

    expect(writing.stamp).to_have_text(re.compile("no hay conexión"))
    assert "Sin red" in writing.evaluate(KEPT)


def test_a_stale_text_is_refused_in_the_server_s_words_and_kept(writing):
    writing.answers.append({"status": 409, "json": {"message": "Otra persona cambió este texto."}})
    writing.fill("#resumen", "Mi versión")

    expect(writing.stamp).to_have_text("Otra persona cambió este texto.")
    assert "Mi versión" in writing.evaluate(KEPT)


def test_arrow_keys_move_through_the_matrix(open_page):
    page = open_page("/componentes/")
    focused = """(() => {
      const cell = document.activeElement.closest("td");
      return `${cell.cellIndex},${cell.parentNode.rowIndex}`;
    })()"""
    page.locator("#sample-matrix tbody a").first.focus()

    places = []
    for key in ("ArrowRight", "ArrowDown", "End", "ArrowRight", "Home", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        places.append(page.evaluate(focused))

    assert places == ["2,2", "2,3", "6,3", "6,3", "1,3", "1,2", "1,2"]


def test_the_words_left_are_counted_while_writing(open_page):
    page = open_page("/componentes/")

    page.fill("#id_summary", " ".join(["palabra"] * 151))
    expect(page.locator("[data-words-for=id_summary]")).to_have_text("1 palabras de más")

    page.fill("#id_summary", "tres palabras solas")
    expect(page.locator("[data-words-for=id_summary]")).to_have_text("147 palabras disponibles")


def test_the_summary_of_errors_takes_the_focus(open_page):
    page = open_page("/componentes/")

    expect(page.locator(".govuk-error-summary")).to_be_focused()


def test_a_form_is_sent_once_however_often_it_is_pressed(open_page):
    page = open_page("/")
    posts = []
    page.route("**/idioma/", lambda route: posts.append(route.request.method))
    page.wait_for_load_state("networkidle")

    page.evaluate("() => [1, 2, 3].forEach(() => document.querySelector('form[method=post] button').click())")
    page.wait_for_timeout(300)

    assert posts == ["POST"]
