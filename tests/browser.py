"""A real Chromium for the tests marked ``browser``: who signs in, how wide the window, which language."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

PHONE, DESK = 360, 1280
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    """One browser for the run; each page gets a window of its own."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop runs in the thread of the tests
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """``open_page("/convocatorias/", user=ana, width=PHONE, language="en")``: the page once it is loaded."""
    contexts = []

    def open_at(path="/", *, user=None, width=DESK, language="es-mx"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        context.add_cookies([_cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language)])
        if user:
            context.add_cookies([_cookie(live_server, settings.SESSION_COOKIE_NAME, _session_of(user))])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()


def _cookie(server, name, value):
    return {"name": name, "value": value, "url": server.url}


def _session_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
