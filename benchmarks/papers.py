"""The booklet of forty pages against bare WeasyPrint, and what it costs those who read pages meanwhile."""

import threading
from functools import partial
from statistics import median

from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from benchmarks import world
from benchmarks.measuring import Result, against, count, seconds
from documents import apart, engine

STATIC = settings.BASE_DIR / "static"
SCRATCH = settings.VAR_DIR / "pdf"


def measures(draft):
    html = booklet_html(draft)
    content, pages = engine.html_to_pdf(html, static=STATIC, scratch=SCRATCH)
    yield count("P6 booklet", pages, unit="pages", goal="at least 40", holds=pages >= 40)
    yield against(
        f"P6 booklet of {pages} pages",
        partial(engine.html_to_pdf, html, static=STATIC, scratch=SCRATCH),
        partial(bare_pdf, html),
        to="bare WeasyPrint",
        below=1 / 0.9,
        rounds=5,
    )
    again, _pages = engine.html_to_pdf(html, static=STATIC, scratch=SCRATCH)
    yield count(
        "P6 same content, same bytes", int(again == content), unit="", goal="1", holds=again == content
    )
    yield pages_meanwhile(html)


def booklet_html(draft):
    """The booklet of a text of forty pages, as its template shows a published one."""
    components = draft.texts.select_related("component__section").order_by("component__number")
    parts = [
        {"number": text.component.number, "title": text.component.title_es, "html": world.prose(1200),
         "section": str(text.component.section), "tables": [], "not_applicable_reason": ""}
        for text in components
    ]  # fmt: skip
    context = {
        "program": str(draft.program), "agency": str(draft.program.agency),
        "fiscal_year": draft.fiscal_year, "guide": draft.guide.title, "parts": parts, "title": str(draft),
        "language": "es-mx", "code": "MEDIDA",
        "sha256": "0" * 64, "citation": {"date": draft.created_at.date(), "volume": "I", "number": "1",
        "section": "", "page": "", "is_special": False, "in_force_from": draft.created_at.date()},
        "folio": draft.code, "issued_at": draft.created_at, "verify_url": settings.SITE_URL, "qr": "",
        "unit": "", "legend": settings.LEGEND, "is_demo": False,
    }  # fmt: skip
    with translation.override("es-mx"):
        return render_to_string("pdf/booklet.html", context)


def bare_pdf(html):
    """WeasyPrint by itself, in the same variant, reading the same static folder."""
    import weasyprint  # noqa: PLC0415 -- the engine has settled the fonts

    fetch = engine._fetcher_class()(str(STATIC))
    page = weasyprint.HTML(string=html, base_url=engine.BASE, url_fetcher=fetch, media_type="print")
    return page.write_pdf(pdf_variant=engine.VARIANT)


def pages_meanwhile(html):
    """How long a bare page takes while the booklet is rendered apart, against how long it takes in peace."""
    client = Client()
    ask = partial(client.get, reverse("account_login"))
    ask()
    quiet = median(seconds(ask) for _round in range(30))
    under_way = threading.Thread(
        target=apart.html_to_pdf, args=(html,), kwargs={"static": STATIC, "scratch": SCRATCH}
    )
    under_way.start()
    times = []
    while under_way.is_alive():
        times.append(seconds(ask))
    ratio = median(times) / quiet
    return Result(
        "P6 pages while a booklet is rendered", round(median(times) * 1000, 2), "ms", round(ratio, 2),
        "the same in peace", "less than 1.5 times", ratio < 1.5,
    )  # fmt: skip
