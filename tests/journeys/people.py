"""The people of a journey: each at a window of their own, doing by name what a person does at a screen."""

import re
from contextlib import contextmanager, suppress
from io import BytesIO

from playwright.sync_api import Error, expect
from playwright.sync_api import TimeoutError as TookTooLong
from pypdf import PdfReader

PASSWORD = "demostracion-2026"
WIDTH, HEIGHT = 1280, 900
PATIENCE = 12_000  # milliseconds: whatever a page promises comes within
LONG_PATIENCE = 90_000  # what a job promises


class Windows:
    """Opens a window for each person of a journey, and keeps what went wrong in any of them."""

    def __init__(self, browser, url):
        self.browser, self.url = browser, url
        self.faults, self.people = [], set()

    @contextmanager
    def of(self, local=None, *, width=WIDTH, at=""):
        """The window of the demo account of that name, signed in; or of a passer-by; ``at`` an address."""
        context = self.browser.new_context(base_url=self.url, viewport={"width": width, "height": HEIGHT})
        person = Person(context.new_page(), self.faults)
        try:
            if local:
                self.people.add(local)
                person.sign_in(f"{local}@demo.example")
            if at:
                person.go(at)
            yield person
        finally:
            context.close()


class Person:
    """Someone at a page: reads it, follows links by name, fills fields by label, presses buttons by name."""

    def __init__(self, page, faults):
        self.page, self.faults = page, faults
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("response", self._note)

    def _note(self, response):
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {response.url}: {response.status}")

    # Going somewhere

    def sign_in(self, email):
        self.go("/cuenta/entrar/")
        self.fill("Correo electrónico", email)
        self.fill("Contraseña", PASSWORD)
        self.press("Ingresar")
        self.sees("Mi tablero")

    def go(self, address):
        response = self.page.goto(address)
        assert response.ok, f"{address} answered {response.status}"

    def follow(self, name, *, within=None):
        """Go through the link of that name; one that begins so will do."""
        with self._turning_the_page():
            (within or self.main).get_by_role("link", name=named(name)).first.click()

    def enter(self, name):
        """Go through an entry of the navigation at the top of the page."""
        self.follow(name, within=self.page.get_by_role("navigation", name="Principal"))

    def press(self, name, *, within=None):
        """Press the button of that name and wait for the page that answers."""
        with self._turning_the_page():
            (within or self.main).get_by_role("button", name=named(name)).first.click()

    @contextmanager
    def _turning_the_page(self):
        """Whatever is done in here ends in another page: marked, this one is seen to go."""
        self.page.evaluate("window.isTheOldPage = true")
        yield
        for _moment in range(PATIENCE // 50):
            with suppress(Error):  # asked in the very moment between two pages
                if self.page.evaluate("!window.isTheOldPage && document.readyState === 'complete'"):
                    return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no other page came after {self.address}:\n{self.main.inner_text()[:2000]}")

    # Filling a form

    def field(self, label, *, within=None):
        """The field of a label, which may say besides that it is optional."""
        return (
            (within or self.main)
            .get_by_label(re.compile(rf"^\s*{re.escape(label)}( \(opcional\))?\s*$"))
            .first
        )

    def fill(self, label, value, *, within=None):
        try:
            self.field(label, within=within).fill(str(value))
        except TookTooLong as late:
            raise AssertionError(
                f"{self.address} has no “{label}” to fill: {self.main.inner_text()[:3000]}"
            ) from late

    def choose(self, label, choice, *, within=None):
        """Take a choice of a list by what it says."""
        self.field(label, within=within).select_option(label=choice)

    def tick(self, label, *, question=None):
        """Tick a box or one answer of a question, by words its label begins with."""
        where = self.group(question) if question else self.main
        where.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first.check()

    def group(self, question):
        return self.main.get_by_role("group", name=re.compile(rf"^\s*{re.escape(question)}")).first

    # Reading

    @property
    def main(self):
        return self.page.locator("main")

    @property
    def address(self):
        return self.page.url

    @property
    def everything(self):
        """All that the server sent of this page, what is not shown included."""
        return self.page.content()

    def sees(self, *words):
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)

    def error_at(self, label):
        """What is said beside the field of that label."""
        described = self.field(label).get_attribute("aria-describedby") or ""
        return " ".join(self.page.locator(f"#{part}").inner_text() for part in described.split())

    def kept(self, label):
        """What stands in the field of that label."""
        return self.field(label).input_value()

    def waits_for_link(self, name):
        """Reload until the link of that name is there: a job makes what it leads to."""
        link = self.main.get_by_role("link", name=named(name)).first
        for _second in range(LONG_PATIENCE // 1000):
            if link.count():
                return link
            self.looks_again()
        raise AssertionError(f"{self.address} never offered “{name}”: {self.main.inner_text()}")

    def waits_for(self, words):
        """Reload until the page says those words: a job has to do its work first."""
        for _second in range(LONG_PATIENCE // 1000):
            if words in self.main.inner_text():
                return
            self.looks_again()
        raise AssertionError(f"{self.address} never said “{words}”: {self.main.inner_text()[:2000]}")

    def looks_again(self):
        """Reload after a second, unless the page does so by itself in that very moment."""
        self.page.wait_for_timeout(1000)
        with suppress(Error):
            self.page.reload()

    def reads_pdf(self, link):
        """The words of the PDF behind a link, or behind the page of the document that the link leads to."""
        address = link.get_attribute("href")
        response = self.page.request.get(address)
        assert response.ok, f"{address} answered {response.status}"
        if not response.headers["content-type"].startswith("application/pdf"):
            self.go(address)
            return self.reads_pdf(self.waits_for_link("Abrir el PDF"))
        return text_of(response.body())


def named(words):
    """Names as they are read out, from their beginning: part of one may be hidden from the eye."""
    said = re.escape(words).replace(r":\ ", r"\s*:\s*").replace(r"\ ", r"\s+")
    return re.compile(rf"^\s*{said}")


def text_of(pdf):
    """The words of a PDF, on one line."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", " ".join(pages))
