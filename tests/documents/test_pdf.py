"""The PDF maker reads static files and nothing else, whatever a text asks it to."""

import pytest
from django.conf import settings

from documents import apart, engine, pdf
from jobs.running import JobFailed

STATIC = settings.BASE_DIR / "static"
ADDRESSES = [
    "http://169.254.169.254/latest/meta-data/",
    "https://example.org/a.css",
    "file:///etc/passwd",
    "ftp://example.org/a",
    "//example.org/a.png",
    "static:///../rop_portal/settings.py",
    "static:///%2e%2e/manage.py",
    "static://example.org/a.css",
    "data:text/css,body{}",
    "gopher://127.0.0.1:6379/_INFO",
    "/etc/passwd",
]
PLACES = {
    "image": '<img alt="" src="{}">',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "import in CSS": "<style>@import url('{}');</style>",
    "background in CSS": "<style>body {{ background: url('{}') }}</style>",
    "font in CSS": "<style>@font-face {{ font-family: X; src: url('{}') }} p {{ font-family: X }}</style>",
    "content in CSS": "<style>p::before {{ content: url('{}') }}</style>",
    "attachment": '<link rel="attachment" href="{}">',
    "object": '<object data="{}"></object>',
    "inline SVG image": '<svg width="10" height="10"><image href="{}" width="10" height="10"/></svg>',
}


@pytest.fixture
def scratch(tmp_path):
    return tmp_path


def html(inside):
    return f'<!doctype html><html lang="es"><title>Prueba</title><body>{inside}<p>Texto</p></body></html>'


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_fetched_but_static_files(place, address, scratch):
    with pytest.raises(engine.AddressRefused):
        engine.html_to_pdf(html(PLACES[place].format(address)), static=STATIC, scratch=scratch)


def test_a_static_file_is_served(scratch):
    content, pages = engine.html_to_pdf(
        html('<link rel="stylesheet" href="static:///static/pdf/letter.css">'), static=STATIC, scratch=scratch
    )

    assert (content[:5], pages) == (b"%PDF-", 1)


def test_a_link_that_is_only_shown_is_not_fetched(scratch):
    content, _pages = engine.html_to_pdf(
        html('<a href="https://example.org/">ejemplo</a>'), static=STATIC, scratch=scratch
    )

    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["static:///pdf/letter.css", "static:pdf/letter.css"])
def test_static_names_are_found_under_the_static_folder(name):
    assert engine.static_file(name, STATIC) == (STATIC / "pdf/letter.css").resolve()


@pytest.mark.whole
def test_the_process_apart_gives_the_same_bytes(tmp_path):
    page = html("<h1>Recibo</h1>")
    try:
        there = apart.html_to_pdf(page, static=STATIC, scratch=tmp_path)
    finally:
        apart.end()

    assert there == engine.html_to_pdf(page, static=STATIC, scratch=tmp_path)


@pytest.mark.whole
def test_the_process_apart_says_what_went_wrong_and_goes_on(tmp_path):
    try:
        with pytest.raises(apart.RenderingFailed, match="only show files of the portal"):
            apart.html_to_pdf(html('<img alt="" src="file:///etc/passwd">'), static=STATIC, scratch=tmp_path)
        content, _pages = apart.html_to_pdf(html("Sigue"), static=STATIC, scratch=tmp_path)
    finally:
        apart.end()

    assert content.startswith(b"%PDF-")


@pytest.mark.whole
def test_a_killed_process_is_replaced(tmp_path):
    try:
        apart.html_to_pdf(html("Uno"), static=STATIC, scratch=tmp_path)
        apart._worker.process.kill()
        apart._worker.process.wait()
        content, _pages = apart.html_to_pdf(html("Dos"), static=STATIC, scratch=tmp_path)
    finally:
        apart.end()

    assert content.startswith(b"%PDF-")


def test_without_its_libraries_the_portal_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(engine, "LIBRARIES", ("libthatnobodyhas.so.7",))

    with pytest.raises(JobFailed, match=r"libthatnobodyhas\.so\.7"):
        pdf.render("pdf/test_sheet.html", {}, title="Hoja", language="es-mx")


def test_the_qr_is_drawn_with_its_words():
    drawn = pdf.qr("http://127.0.0.1:8000/verificar/ABCD-2345-WXYZ/")

    assert drawn.startswith("<svg")
    assert "<title>http://127.0.0.1:8000/verificar/ABCD-2345-WXYZ/</title>" in drawn
