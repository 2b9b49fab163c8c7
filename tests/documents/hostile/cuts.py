"""Files cut short, and files that are two in one."""

from functools import partial

from tests.documents.hostile.cases import Case, cases
from tests.documents.parts import (
    EXCEL,
    WORD,
    a_jpeg,
    a_package,
    a_pdf,
    a_png,
    a_workbook,
    an_xml,
    chunk,
    png_of,
    raw_pdf,
    zeros,
    zipped,
)


def cut_short():
    for cut in (40, 120, 300, -600, -200, -60, -20, -6):
        yield Case(
            "a cut PDF", f"at {cut}", "acta.pdf", partial(lambda c: a_pdf(pages=3)[:c], cut), ("pdf_damaged",)
        )
    for cut in (12, 30, 45, -400, -60, -12, -5):
        make = partial(lambda c: a_png(noisy=True)[:c], cut)
        yield Case("a cut image", f"PNG at {cut}", "logo.png", make, ("image_damaged",))
    for cut in (25, 200, 700, -900, -100, -2):
        make = partial(lambda c: a_jpeg()[:c], cut)
        yield Case("a cut image", f"JPEG at {cut}", "foto.jpg", make, ("image_damaged",))
        make = partial(lambda c: a_jpeg(progressive=True)[:c], cut)
        yield Case("a cut image", f"JPEG by layers at {cut}", "foto.jpg", make, ("image_damaged",))
    for cut in (40, 400, -300, -80, -22, -4):
        make = partial(lambda c: a_package(WORD)[:c], cut)
        yield Case("a cut Word or Excel", f"Word at {cut}", "carta.docx", make, ("office_damaged",))
        make = partial(lambda c: a_workbook()[:c], cut)
        yield Case("a cut Word or Excel", f"Excel at {cut}", "presupuesto.xlsx", make, ("office_damaged",))
    for cut in (60, -40, -3):
        yield Case(
            "a cut XML", f"at {cut}", "factura.xml", partial(lambda c: an_xml()[:c], cut), ("xml_damaged",)
        )


def two_in_one():
    archive = zipped([("a.txt", b"hola")])
    page = b"<script>alert(document.cookie)</script>"
    yield from cases(
        "two files in one",
        "two_in_one",
        ("PDF and ZIP", "acta.pdf", lambda: a_pdf() + archive),
        (
            "PDF and ZIP that ends as a PDF",
            "acta.pdf",
            lambda: a_pdf() + zipped([("a", b"x")], comment=b"%%EOF"),
        ),
        ("PDF and program", "acta.pdf", lambda: a_pdf() + b"MZ\x90\x00" + zeros(99)),
        ("PDF and page", "acta.pdf", lambda: a_pdf() + page),
        (
            "page within the head of a PDF",
            "acta.pdf",
            partial(raw_pdf, head=b"<html><script>alert(1)</script></html>"),
        ),
        ("PNG and ZIP", "logo.png", lambda: a_png() + archive),
        ("PNG and page", "logo.png", lambda: a_png() + page),
        ("PNG and PDF", "logo.png", partial(png_of, extra=chunk(b"tEXt", b"a\0%PDF-1.4"))),
        ("PNG with another picture after it", "logo.png", lambda: a_png() + a_png()[60:]),
        ("page in the text of a PNG", "logo.png", partial(png_of, extra=chunk(b"tEXt", b"Comment\0" + page))),
        (
            "PHP in the text of a PNG",
            "logo.png",
            partial(png_of, extra=chunk(b"iTXt", b"a\0\0\0\0\0<?php system($_GET[0]); ?>")),
        ),
        ("JPEG and ZIP", "foto.jpg", lambda: a_jpeg() + archive),
        ("JPEG and page", "foto.jpg", lambda: a_jpeg() + page),
        ("PHP in the comment of a JPEG", "foto.jpg", partial(a_jpeg, comment=b"<?php system($_GET[0]); ?>")),
        ("page in the comment of a JPEG", "foto.jpg", partial(a_jpeg, comment=page)),
        ("PDF in the comment of a JPEG", "foto.jpg", partial(a_jpeg, comment=b"%PDF-1.4\n1 0 obj")),
        ("ZIP before a Word", "carta.docx", lambda: archive + a_package(WORD)),
        ("page in the comment of a Word", "carta.docx", partial(a_package, WORD, comment=page)),
        ("page in the comment of an Excel", "presupuesto.xlsx", partial(a_package, EXCEL, comment=page)),
    )


KINDS = [cut_short, two_in_one]
