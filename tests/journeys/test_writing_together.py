"""Writing in the browser: saved while typing, two at once, a lost session. Nothing is lost or overwritten."""

import pytest
from playwright.sync_api import expect

from programs.actions import drafting
from programs.models import ComponentText
from tests.axe import assert_accessible, violations
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.programs import EditionFactory, people_of
from tests.invariants import assert_invariants_hold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "[data-autosave-stamp][data-state=saved]"


@pytest.fixture(autouse=True)
def _what_was_written_is_sound(transactional_db):
    yield
    assert_invariants_hold()


@pytest.fixture
def edition():
    return EditionFactory(complete=True)


def page_of(edition):
    return f"/redaccion/{edition.code}/componentes/beneficiaries/"


def type_at_the_end(page, words):
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def text_of(edition):
    return ComponentText.objects.get(edition=edition, component__slug="beneficiaries").text


def test_what_is_typed_is_saved_and_a_reference_is_kept_as_a_token(open_page, edition):
    page = open_page(page_of(edition), user=people_of(edition).editor)

    type_at_the_end(page, " Son ")
    page.click(".datamenu summary")
    page.click("[data-token='[[criterios.total]]']")
    kept = "<p>Texto del componente. Son [[criterios.total]]</p>"
    wait_until(page, lambda: text_of(edition) == kept)  # what was typed before may be saved by itself

    assert text_of(edition) == kept
    assert page.locator(".ProseMirror .ref").inner_text() == "100"
    assert page.faults == []


THREE = "<p>Uno.</p><p>Dos.</p><p>Tres.</p>"


def write(edition, html):
    text = edition.texts.get(component__slug="beneficiaries")
    drafting.save_text(text, html=html, version=text.version, by=people_of(edition).editor)


def another_editor(edition):
    body = edition.program.agency.body
    return MembershipFactory(role="editor", body=body, user=UserFactory(name="Berta Lima")).user


def type_in(page, paragraph, words):
    page.locator(f".ProseMirror p:nth-child({paragraph})").click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def wait_until(page, holds):
    """Give the browser time, twenty seconds at most."""
    for _ in range(80):
        if holds():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"it never came to hold: {page.inner_text('main')[:2000]}")


def test_two_who_write_at_once_lose_not_one_character(open_page, edition):
    write(edition, THREE)
    ana = open_page(page_of(edition), user=people_of(edition).editor)
    berta = open_page(page_of(edition), user=another_editor(edition))
    for page in (ana, berta):
        page.wait_for_selector(".ProseMirror")

    for turn in range(3):
        type_in(ana, 1, f" Ana{turn}")
        type_in(berta, 3, f" Berta{turn}")
    whole = "<p>Uno. Ana0 Ana1 Ana2</p><p>Dos.</p><p>Tres. Berta0 Berta1 Berta2</p>"
    wait_until(ana, lambda: text_of(edition) == whole)

    assert text_of(edition) == whole
    assert (ana.faults, berta.faults) == ([], [])
    ana.reload()
    ana.wait_for_selector(".ProseMirror")
    shown = ana.inner_text(".ProseMirror").split()
    assert " ".join(shown) == "Uno. Ana0 Ana1 Ana2 Dos. Tres. Berta0 Berta1 Berta2"
    assert "Berta Lima también está en este componente" in ana.inner_text(".people")


def test_a_paragraph_that_both_changed_is_joined_by_hand_and_not_overwritten(open_page, edition):
    editor = people_of(edition).editor
    ana, berta = (open_page(page_of(edition), user=editor) for _ in range(2))
    ana.wait_for_selector(".ProseMirror")
    berta.wait_for_selector(".ProseMirror")

    type_at_the_end(berta, " De Berta.")
    berta.wait_for_selector(KEPT)
    type_at_the_end(ana, " De Ana.")
    ana.wait_for_selector("[data-autosave-stamp][data-state=failed]")
    assert text_of(edition) == "<p>Texto del componente. De Berta.</p>"

    ana.click("[data-compare]")
    ana.wait_for_selector("main .two")
    assert "De Berta." in ana.inner_text("main .two section:first-child")
    assert "De Ana." in ana.inner_text("main .two section:last-child")
    assert violations(ana) == []

    ana.check("[name=html-0-choice][value=edited]")
    ana.fill("[name=html-0-edited]", "<p>De las dos.</p>")
    ana.click("main form .btn")
    ana.wait_for_selector(".ProseMirror")
    assert text_of(edition) == "<p>De las dos.</p>"
    assert ana.inner_text(".ProseMirror").strip() == "De las dos."


def test_a_tab_closed_in_mid_sentence_loses_nothing(open_page, edition):
    page = open_page(page_of(edition), user=people_of(edition).editor)
    page.wait_for_selector(".ProseMirror")

    type_at_the_end(page, " Esta frase no term")
    page.goto("/redaccion/")
    page.goto(page_of(edition))
    page.wait_for_selector(".ProseMirror")

    assert page.inner_text(".ProseMirror").strip() == "Texto del componente. Esta frase no term"
    assert text_of(edition) == "<p>Texto del componente. Esta frase no term</p>"


def test_what_is_typed_without_connection_is_kept_here_and_sent_when_it_comes_back(open_page, edition):
    page = open_page(page_of(edition), user=people_of(edition).editor)
    page.wait_for_selector(".ProseMirror")
    page.context.set_offline(True)

    type_at_the_end(page, " Sin red.")
    page.wait_for_selector("[data-autosave-stamp][data-state=failed]")
    assert text_of(edition) == "<p>Texto del componente.</p>"

    page.context.set_offline(False)
    page.wait_for_selector(KEPT)
    assert text_of(edition) == "<p>Texto del componente. Sin red.</p>"


def test_a_browser_that_was_killed_without_connection_gives_back_what_was_typed(open_page, edition):
    page = open_page(page_of(edition), user=people_of(edition).editor)
    page.wait_for_selector(".ProseMirror")
    page.context.set_offline(True)
    type_at_the_end(page, " Antes de apagarse.")
    page.close()

    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page_of(edition))
    again.wait_for_selector(".ProseMirror")

    # What the dying page sent may still get through by itself: then nothing is left to restore.
    wait_until(again, lambda: text_of(edition) == "<p>Texto del componente. Antes de apagarse.</p>")
    assert "Antes de apagarse." in again.inner_text(".ProseMirror")


def test_a_passage_is_commented_from_the_text_and_found_in_it(open_page, edition):
    page = open_page(page_of(edition), user=people_of(edition).editor)
    page.wait_for_selector(".ProseMirror")
    page.locator(".ProseMirror p").dblclick(position={"x": 12, "y": 10})

    page.click("[data-do=comment]")
    expect(page.locator("[data-comment-form] [name=quote]")).to_have_value("Texto")
    page.fill("[data-comment-form] [name=body]", "¿Qué texto?")
    page.click("[data-comment-form] .btn")
    page.wait_for_selector(".thread blockquote")

    page.click("[data-find-passage]")
    wait_until(page, lambda: page.evaluate("getSelection().toString()"))
    assert page.evaluate("getSelection().toString()") == "Texto"
    assert page.faults == []


def test_a_reference_that_is_typed_becomes_a_chip_and_one_is_found_by_searching(open_page, edition):
    page = open_page(page_of(edition), user=people_of(edition).editor)
    page.wait_for_selector(".ProseMirror")

    type_at_the_end(page, " Son [[criterios.total]]")
    page.click("[data-do=data]")
    page.keyboard.type("CRITERIOS mínimo")
    page.keyboard.press("Enter")
    wait_until(page, lambda: "criterios.minimo" in text_of(edition))

    assert page.locator(".ProseMirror .ref").all_inner_texts() == ["100", "70"]
    assert text_of(edition) == "<p>Texto del componente. Son [[criterios.total]][[criterios.minimo]]</p>"


def test_what_was_typed_without_session_comes_back_after_signing_in(open_page, edition):
    editor = people_of(edition).editor
    page = open_page(page_of(edition), user=editor)
    page.wait_for_selector(".ProseMirror")
    session = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")

    type_at_the_end(page, " Sin sesión.")
    page.wait_for_selector("[data-autosave-stamp][data-state=failed]")
    assert text_of(edition) == "<p>Texto del componente.</p>"

    page.context.add_cookies(session)
    page.reload()
    page.wait_for_selector(KEPT)
    assert text_of(edition) == "<p>Texto del componente. Sin sesión.</p>"
    assert "Sin sesión." in page.inner_text(".ProseMirror")


def test_without_scripts_the_text_is_written_in_a_plain_box(chromium, live_server, edition, client):
    client.force_login(people_of(edition).editor)
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()

    page.goto(page_of(edition))
    page.fill("textarea[name=html]", "Uno.\n\nSon [[criterios.total]].")
    page.click(".savebar .btn >> nth=0")
    page.wait_for_load_state()

    assert text_of(edition) == "<p>Uno.</p>\n\n<p>Son [[criterios.total]].</p>"
    context.close()


SCREENS = [
    "",
    "componentes/beneficiaries/",
    "componentes/process/",
    "componentes/beneficiaries/?ver=comentarios",
    "componentes/beneficiaries/?ver=historial",
    "componentes/beneficiaries/versiones/",
    "componentes/beneficiaries/versiones/1/",
    "componentes/beneficiaries/versiones/comparar/",
    "vista-previa/",
    "firmas/",
    "datos/milestone/nuevo/",
    "datos/criterion/diagnostico/quitar/",
]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen_of_drafting_is_accessible(open_page, edition, width):
    people = people_of(edition)
    text = edition.texts.get(component__slug="process")
    drafting.save_text(text, html="<p>Ver [[nada]].</p>", version=text.version, by=people.editor)
    pages = [f"/redaccion/{edition.code}/{end}" for end in SCREENS]

    for address in ["/redaccion/", "/redaccion/nueva/", *pages]:
        page = open_page(address, user=people.editor, width=width)
        if "componentes" in address and "versiones" not in address:
            page.wait_for_selector(".ProseMirror")
        assert_accessible(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_signing_and_publishing_are_accessible(open_page, width):
    sent, approved, published = (
        EditionFactory(**{state: True}) for state in ("sent", "approved", "published")
    )

    for edition, role, end in [
        (sent, "legal", "firmas/"),
        (approved, "editor", "firmas/"),
        (approved, "head", "publicar/"),
        (published, "head", "publicar/"),
        (published, "operator", "componentes/beneficiaries/"),
    ]:
        user = getattr(people_of(edition), role)
        assert_accessible(open_page(f"/redaccion/{edition.code}/{end}", user=user, width=width))
