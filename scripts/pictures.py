"""Takes the pictures of README and docs from a portal with its demo world: python scripts/pictures.py"""

import os
import shutil
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))

from playwright.sync_api import sync_playwright  # noqa: E402 -- the path comes first

from tests.browser import QUIET  # noqa: E402
from tests.journeys.people import Windows  # noqa: E402
from tests.journeys.rules_story import CHAPTERS, RulesStory  # noqa: E402
from tests.serving import served  # noqa: E402

PICTURES = BASE / "docs" / "pictures"
PASSWORD = "demostracion-2026"  # noqa: S105 -- the demonstration's own
FIRST_OF_A_TABLE = ""
# name of the picture, who looks, how wide, where (or the words of the link to follow from there)
SHOTS = [
    ("armonizacion", None, 1280, ["/armonizacion/?ejercicio=2024"]),
    ("convocatoria", None, 1280, ["/convocatorias/", "Apoyo a las Organizaciones"]),
    ("convocatoria-telefono", None, 360, ["/convocatorias/", "Apoyo a las Organizaciones"]),
    (
        "redaccion",
        "editor",
        1280,
        ["/redaccion/", "Asociaciones por la Igualdad", "Selección de beneficiarias"],
    ),
    ("solicitud", "drafter", 1280, ["/solicitudes/", "Relevo"]),
    ("evaluacion", "evaluator", 1280, ["/evaluacion/", FIRST_OF_A_TABLE]),
    ("seguimiento", "monitoring", 1280, ["/seguimiento/?ejercicio=2025"]),
    ("resultados", None, 1280, ["/resultados/CONV-SISEMH-2025-01/"]),
]


def take(page, name, who, steps):
    if who:
        page.goto("/mi/")
        page.fill("input[name=login]", f"{who}@demo.example")
        page.fill("input[name=password]", PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.goto(steps[0])
    for words in steps[1:]:
        links = page.locator("main a", has_text=words) if words else page.locator("main table a")
        with page.expect_navigation():
            links.first.click()
    window = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": 1100}
    page.screenshot(path=PICTURES / f"{name}.png", clip=window, full_page=True)


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served() as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        for name, who, width, steps in SHOTS:
            context = browser.new_context(viewport={"width": width, "height": 900}, base_url=portal.url)
            take(context.new_page(), name, who, steps)
            context.close()
        follow_the_rules(browser, portal.url)
        browser.close()


def follow_the_rules(browser, url):
    """Each step from a blank edition to an amendment, as docs/writing-rules.md shows them."""
    folder = PICTURES / "reglas"
    folder.mkdir(exist_ok=True)
    story = RulesStory(Windows(browser, url), pictures=folder)
    for chapter in CHAPTERS:
        chapter(story)


if __name__ == "__main__":
    main()
