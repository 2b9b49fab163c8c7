"""Every page of the demo world, in a real browser: accessible, in both languages, never too wide.

An address that somebody reads (``answers.yaml``) is visited by one of its readers, and by more where they
see more; only what is a file or data is left out, and it is named here.
"""

import json
from contextlib import suppress

import pytest
from django.conf import settings
from playwright.sync_api import Error

from tests import axe
from tests.browser import DESK, PHONE
from tests.everywhere.roles import ANONYMOUS
from tests.everywhere.test_access import ADDRESSES, expected
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]  # one world, built once
# Who has most to read and do comes first
READERS = [
    "operator", "representative", "editor", "head", "chair", "secretary", "evaluator", "legal", "member",
    "drafter", "guide_owner", "assessor", "auditor", "monitoring", "administrator", "verifier", "budget",
    "payer",
]  # fmt: skip
# Addresses at which several people see different things
MORE = {
    "accounts:notices": ["head"],
    "accounts:teams": ["administrator"],
    "calls:application_start": ["operator"],
    "calls:call": ["operator", "representative"],
    "calls:calls": ["operator"],
    "calls:my_applications": ["other_representative"],
    "evaluations:board": ["evaluator", "chair"],
    "evaluations:call_results": ["operator"],
    "evaluations:session": ["secretary", "member", "auditor"],
    "programs:board": ["representative", "evaluator", "head", "editor", "monitoring"],
    "programs:checklist": ["editor"],
    "programs:draft": ["editor"],
    "programs:draft_component": ["editor"],
    "programs:draft_signoff": ["editor"],
    "programs:drafting": ["editor"],
}
# The administration's pages are Django's own
NOT_OURS = {"admin:index"}
STRUCTURE = ["cat.structure", "cat.semantics", "cat.name-role-value", "cat.language", "cat.forms"]


def readers_of(name):
    """Those who read the page at this address, most to see first; nobody signed in if it is public."""
    if expected(name, "GET", ANONYMOUS) == 200:
        first = [ANONYMOUS]
    else:
        first = [role for role in READERS if expected(name, "GET", role) == 200][:1]
    return [*first, *(role for role in MORE.get(name, []) if role not in first)]


VISITS = sorted(
    ((role, name) for name in ADDRESSES if name not in NOT_OURS for role in readers_of(name)),
)


@pytest.fixture(scope="module")
def portal():
    with served() as one:
        yield one


@pytest.fixture(scope="module")
def told(portal):
    said = portal.manage("shell", "-c", "from tests.everywhere.visits import tell; tell()")
    return json.loads(said.splitlines()[-1])


@pytest.fixture(scope="module")
def window(chromium, portal, told):
    """``window("operator", PHONE, "es-mx")``: the window of that person; the one before is closed."""
    opened = {}

    def of(role, width, language):
        if (role, width, language) not in opened:
            for page in opened.values():
                page.context.close()
            opened.clear()
            opened[role, width, language] = new_window(role, width, language)
        return opened[role, width, language]

    def new_window(role, width, language):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=portal.url)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if role != ANONYMOUS:
            cookies[settings.SESSION_COOKIE_NAME] = told["sessions"][role]
        context.add_cookies([{"name": name, "value": cookies[name], "url": portal.url} for name in cookies])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        return page

    yield of
    for page in opened.values():
        page.context.close()


def visit(page, path):
    """Whether a page is there to be read: a file or data is only fetched."""
    page.faults.clear()
    with suppress(Error):  # what a browser keeps as a file opens no page
        answer = page.goto(path)
        assert answer.status == 200, f"{path} answers {answer.status}"
        return answer.headers["content-type"].startswith("text/html")
    answer = page.request.get(path, max_retries=2)
    assert answer.status == 200, f"{path} answers {answer.status}"
    kept = answer.headers.get("content-disposition", "").startswith("attachment")
    assert kept or not answer.headers["content-type"].startswith("text/html"), f"{path} did not open"
    return False


@pytest.mark.parametrize(("role", "name"), VISITS)
def test_a_page_is_accessible_in_spanish_on_a_telephone(role, name, window, told):
    page = window(role, PHONE, "es-mx")

    if visit(page, told["paths"][name]):
        assert page.locator("html").get_attribute("lang") == "es-mx"
        axe.assert_accessible(page)


@pytest.mark.parametrize(("role", "name"), VISITS)
def test_a_page_is_well_built_in_english_on_a_desk(role, name, window, told):
    page = window(role, DESK, "en")

    if visit(page, told["paths"][name]):
        assert page.locator("html").get_attribute("lang") == "en"
        assert not axe.violations(page, rules=STRUCTURE)
        axe.assert_fits(page)


def test_every_address_that_somebody_reads_is_visited():
    read = {
        name
        for name in ADDRESSES
        if any(expected(name, "GET", role) == 200 for role in [ANONYMOUS, *READERS])
    }

    assert read - {name for _role, name in VISITS} == NOT_OURS
