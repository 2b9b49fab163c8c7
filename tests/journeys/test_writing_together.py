"""Writing in the browser: saved while typing, two at once, a lost session. Nothing is lost or overwritten."""

import pytest

from programs.models import ComponentText
from tests.axe import assert_accessible
from tests.factories.programs import EditionFactory, people_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "[data-autosave-stamp][data-state=saved]"


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
    page.wait_for_selector(KEPT)

    assert text_of(edition) == "<p>Texto del componente. Son [[criterios.total]]</p>"
    assert page.locator(".ProseMirror .ref").inner_text() == "100"
    assert page.faults == []


def test_a_text_saved_meanwhile_is_compared_and_not_overwritten(open_page, edition):
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

    ana.fill("main form textarea", "<p>De las dos.</p>")
    ana.click("main form .btn")
    ana.wait_for_selector(".ProseMirror")
    assert text_of(edition) == "<p>De las dos.</p>"
    assert ana.inner_text(".ProseMirror").strip() == "De las dos."


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
    "vista-previa/",
    "firmas/",
    "datos/milestone/nuevo/",
    "datos/criterion/diagnostico/quitar/",
]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen_of_drafting_is_accessible(open_page, edition, width):
    people = people_of(edition)
    edition.texts.filter(component__slug="process").update(text="<p>Ver [[nada]].</p>")
    pages = [f"/redaccion/{edition.code}/{end}" for end in SCREENS]

    for address in ["/redaccion/", "/redaccion/nueva/", *pages]:
        page = open_page(address, user=people.editor, width=width)
        if "componentes" in address:
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
