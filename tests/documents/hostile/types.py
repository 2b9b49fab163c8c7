"""Files that hold nothing, hold too much, are of another type than they say, or are locked."""

from functools import partial

from tests.documents import parts
from tests.documents.hostile.cases import ALL, cases
from tests.documents.parts import EXCEL, WORD, a_jpeg, a_package, a_pdf, a_png, an_xml, zeros, zipped


def nothing_inside():
    yield from cases("empty", "empty", *((e, f"acta.{e}", b"") for e in ALL))
    yield from cases(
        "empty",
        "not_accepted",
        ("one letter", "acta.pdf", b"x"),
        ("blanks", "acta.docx", b" \n" * 400),
        ("zeros", "logo.png", zeros(600)),
    )


def too_heavy():
    yield from cases(
        "too heavy",
        "too_heavy",
        ("a PDF", "acta.pdf", lambda: b"%PDF-1.7\n" + zeros(20 * 1024 * 1024)),
        ("zeros", "logo.png", lambda: zeros(25 * 1024 * 1024)),
    )


def lies_about_its_type():
    other = "not_accepted"
    yield from cases(
        "a type that lies",
        "lies",
        ("a PNG named pdf", "acta.pdf", a_png),
        ("a PDF named png", "logo.png", a_pdf),
        ("a JPEG named png", "logo.png", a_jpeg),
        ("a PNG named jpg", "foto.jpg", a_png),
        ("a PDF named docx", "carta.docx", a_pdf),
        ("an XML named pdf", "factura.pdf", an_xml),
        ("a Word named xlsx", "presupuesto.xlsx", partial(a_package, WORD)),
        ("an Excel named docx", "carta.docx", partial(a_package, EXCEL)),
        ("a PDF without extension", "acta", a_pdf),
        ("a program named after a PDF", "acta.pdf.exe", a_pdf),
        ("a PDF with an extension of its own", "acta.pdf.scr", a_pdf),
        ("an extension turned around", "acta\u202efdp.exe", a_pdf),
    )
    yield from cases(
        "a type that lies",
        other,
        ("a Windows program", "acta.pdf", b"MZ\x90\x00" + zeros(400)),
        ("a Linux program", "logo.png", b"\x7fELF\x02\x01\x01" + zeros(400)),
        ("a shell script", "acta.pdf", b"#!/bin/sh\nrm -rf /\n"),
        ("a web page", "acta.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("an SVG named png", "logo.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a GIF named jpg", "foto.jpg", b"GIF89a" + zeros(60)),
        ("a WebP named jpg", "foto.jpg", b"RIFF\x24\x00\x00\x00WEBPVP8 " + zeros(60)),
        ("a TIFF named jpg", "foto.jpg", b"II*\x00" + zeros(60)),
        ("a RAR named docx", "carta.docx", b"Rar!\x1a\x07\x00" + zeros(60)),
        ("a 7-Zip named xlsx", "presupuesto.xlsx", b"7z\xbc\xaf\x27\x1c" + zeros(60)),
        ("a gzip named pdf", "acta.pdf", b"\x1f\x8b\x08" + zeros(60)),
        ("a film named jpg", "foto.jpg", b"\x00\x00\x00\x18ftypmp42" + zeros(60)),
        ("an RTF named docx", "carta.docx", b"{\\rtf1\\ansi hola}"),
        ("any ZIP named docx", "carta.docx", partial(zipped, [("a.txt", b"hola")])),
        ("an OpenDocument named docx", "carta.docx", parts.an_opendocument),
        ("slides named docx", "carta.docx", partial(a_package, parts.SLIDES)),
        (
            "a template named docx",
            "carta.docx",
            partial(a_package, WORD.replace("document.main", "template.main")),
        ),
        ("a Word named pdf", "acta.pdf", partial(a_package, WORD)),
        ("a ZIP", "todo.zip", partial(zipped, [("a.txt", b"hola")])),
        ("an SVG", "logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a page named as such", "acta.html", b"<html><script>alert(1)</script></html>"),
        ("a shortcut", "acta.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + zeros(90)),
    )


def locked():
    yield from cases(
        "a password",
        "pdf_protected",
        *(
            (f"a PDF to be opened, revision {r}", "acta.pdf", partial(parts.locked_pdf, r, "ana"))
            for r in (3, 4, 6)
        ),
        *(
            (f"a PDF of its owner, revision {r}", "acta.pdf", partial(parts.locked_pdf, r, ""))
            for r in (3, 4, 6)
        ),
    )
    yield from cases(
        "a password",
        "office_protected",
        ("an old Word", "carta.doc", parts.OLE + zeros(2000)),
        ("an old Excel", "presupuesto.xls", parts.OLE + zeros(2000)),
        ("a Word", "carta.docx", parts.OLE + "EncryptedPackage".encode("utf-16-le") * 90),
        ("an Excel", "presupuesto.xlsx", parts.OLE + "EncryptedPackage".encode("utf-16-le") * 90),
        ("parts of a Word", "carta.docx", parts.a_package_with_locked_parts),
    )


KINDS = [nothing_inside, too_heavy, lies_about_its_type, locked]
