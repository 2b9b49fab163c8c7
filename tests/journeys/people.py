"""The people of a journey: each at a window of their own, doing by name what a person does at a screen."""

import re
from contextlib import contextmanager
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

PASSWORD = "demostracion-2026"
WIDTH, HEIGHT = 1280, 900
PATIENCE = 15_000


class Portal:
    """What a journey needs of the portal: where it is, and a browser to open windows in."""

    def __init__(self, browser, url):
        self.browser, self.url = browser, url
        self.faults = []

    @contextmanager
    def someone(self, local=None, *, width=WIDTH):
        """A person at a window of their own, signed in with the demo account of that name; or a passer-by."""
        context = self.browser.new_context(base_url=self.url, viewport={"width": width, "height": HEIGHT})
        person = Person(context.new_page(), self)
        try:
            if local:
                person.sign_in(f"{local}@demo.example")
            yield person
        finally:
            context.close()


class Person:
    """Someone at a page: reads it, follows links by name, fills fields by label, presses buttons."""

    def __init__(self, page, portal):
        self.page, self.portal = page, portal
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: portal.faults.append(f"{page.url}: {error}"))
        page.on("response", self._note_fault)

    def _note_fault(self, response):
        if response.status >= 500:
            self.portal.faults.append(f"{response.request.method} {response.url}: {response.status}")

    # Going somewhere

    def sign_in(self, email):
        self.go("/cuenta/entrar/")
        self.fill("Correo electrónico", email)
        self.fill("Contraseña", PASSWORD)
        self.press("Ingresar")
        expect(self.page).not_to_have_url(re.compile("/cuenta/entrar/"))

    def go(self, address):
        response = self.page.goto(address)
        assert response.ok, f"{address} answered {response.status}"

    def follow(self, name, *, within=None, exact=True):
        """Go through the link of that name."""
        (within or self.page).get_by_role("link", name=named(name, whole=exact)).first.click()
        self.page.wait_for_load_state()

    def press(self, name, *, within=None):
        """Press the button of that name and wait for the page that answers."""
        (within or self.page).get_by_role("button", name=named(name)).first.click()
        self.page.wait_for_load_state()

    # Filling a form

    def field(self, label, *, within=None):
        """The field of a label, which may say that it is optional."""
        return (within or self.page).get_by_label(re.compile(rf"^{re.escape(label)}( \(opcional\))?$")).first

    def fill(self, label, value):
        self.field(label).fill(str(value))

    def choose(self, label, choice):
        """Take a choice of a list by what it says, or by the words it begins with."""
        self.field(label).select_option(label=choice)

    def tick(self, label):
        self.page.get_by_label(label, exact=False).first.check()

    def attach(self, label, name, content):
        self.field(label).set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})

    # Reading

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    @property
    def everything(self):
        """All that the server sent of this page, what is not shown included."""
        return self.page.content()

    def sees(self, *words):
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    def error_at(self, label):
        """What is said beside a field that was refused."""
        described = self.field(label).get_attribute("aria-describedby") or ""
        return " ".join(self.page.locator(f"#{part}").inner_text() for part in described.split())

    def download(self, link):
        """The text of the PDF behind a link, read from the file the browser got."""
        address = link.get_attribute("href")
        response = self.page.request.get(address)
        assert response.ok, f"{address} answered {response.status}"
        assert response.headers["content-type"] == "application/pdf", response.headers
        return text_of(response.body())


def named(words, *, whole=True):
    """The name of a link or button as it is read out: part of it may be hidden from the eye."""
    said = re.escape(words).replace(":\\ ", r"\s*:\s*").replace(r"\ ", r"\s+")
    return re.compile(rf"^\s*{said}\s*$" if whole else said)


def text_of(pdf):
    """The words of a PDF, on one line."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", " ".join(pages))
