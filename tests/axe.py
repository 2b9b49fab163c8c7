"""What a page owes to everybody who reads it: WCAG 2.2 AA as axe checks it, and no sideways scrolling."""

import json
from functools import lru_cache
from pathlib import Path

VENDOR = Path(__file__).parent / "vendor"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async ({locale, rules}) => {
  axe.configure({locale});
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: rules}, rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
  });
  const said = node => node.target.join(" ") + " — " + node.html;
  return found.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(said)}));
}"""
SPILLS = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .filter(e => !e.closest(".tablewrap, svg, .visually-hidden, .skip"))
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


@lru_cache(maxsize=1)
def _source():
    return (VENDOR / "axe.min.js").read_text()


@lru_cache(maxsize=1)
def _spanish():
    return json.loads((VENDOR / "axe.es.json").read_text())


def violations(page, *, rules=RULES):
    """What axe finds on a page of playwright, in words; the strict CSP of the portal stays in force."""
    page.evaluate(_source())
    found = page.evaluate(CHECK, {"locale": _spanish(), "rules": rules})
    return [f"{each['id']}: {each['help']}\n    " + "\n    ".join(each["nodes"][:5]) for each in found]


def assert_accessible(page):
    """No violation, nothing that scrolls sideways, no error in the console."""
    found = violations(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
    assert_fits(page)
    assert not getattr(page, "faults", []), f"{page.url}: {page.faults}"


def assert_fits(page):
    """The page is not wider than its window."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window, f"{page.url} is {width} wide in {window}: {page.evaluate(SPILLS)}"
