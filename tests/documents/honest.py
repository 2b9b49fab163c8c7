"""Files as people send them, made by as many programs as we have: each is accepted and kept as it came."""

import datetime as dt
import io
import zlib
from functools import cache, partial
from itertools import product

import docx
import openpyxl
import pikepdf
from docx.shared import Cm
from openpyxl.chart import BarChart, Reference
from PIL import Image, ImageDraw

from documents import sheets
from programs.word import ooxml
from tests.documents import parts
from tests.documents.parts import (
    EXCEL,
    WORD,
    a_package,
    a_pdf,
    a_picture,
    an_xml,
    chunk,
    picture,
    png_of,
    raw_pdf,
    relation,
    relations,
    saved,
    stream,
)
from tests.factories.words import p, raw, rules
from tests.factories.words import saved as saved_word

# PDFs


def scan(pages, size=(1654, 2339), quality=75):
    """Pages that are photographs, as a scanner gives them."""
    with pikepdf.new() as pdf:
        for number in range(pages):
            _show(pdf, size, _jpeg(size, quality) + bytes(number), pikepdf.Name.DCTDecode)
        return saved(pdf)


@cache
def _jpeg(size, quality):
    return a_picture(size, "JPEG", quality=quality)


def scan_without_loss(pages, size=(1240, 1754), mode="L"):
    """White pages with a line, packed without loss: small, and large once unpacked."""
    seen = Image.new(mode, size, "white")
    ImageDraw.Draw(seen).line((90, 90, 900, 90), fill="black")
    with pikepdf.new() as pdf:
        for _page in range(pages):
            _show(pdf, size, zlib.compress(seen.tobytes()), pikepdf.Name.FlateDecode, mode)
        return saved(pdf)


def _show(pdf, size, content, packing, mode="RGB"):
    page = pdf.add_blank_page()
    image = pdf.make_stream(content)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = *size, 8
    image.ColorSpace = pikepdf.Name.DeviceRGB if mode == "RGB" else pikepdf.Name.DeviceGray
    image.Filter = packing
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    page.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /I Do Q")


def heavy_scan():
    """A scan that almost measures what may be sent."""
    one = len(scan(1, quality=95))
    return scan(19 * 1024 * 1024 // one, quality=95)


def long_text(pages):
    with pikepdf.new() as pdf:
        for number in range(pages):
            page = pdf.add_blank_page()
            page.Contents = pdf.make_stream(b"BT /F1 11 Tf 72 700 Td (Parrafo %d) Tj ET\n" % number * 60)
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def with_bookmarks():
    with pikepdf.open(io.BytesIO(a_pdf(pages=9))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Capítulo {n}", n) for n in range(9))
        return saved(pdf)


def with_metadata():
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "Acta constitutiva <script> y JavaScript"
        pdf.docinfo["/Title"] = "Cómo evitar /JavaScript y /Launch"
        return saved(pdf)


def changed_twice():
    """A PDF saved over itself: each change stands after the end of the one before."""
    first = raw_pdf()
    start, place = first.rindex(b"xref\n0"), len(first)
    change = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>\nendobj\n"
    return first + change + (
        f"xref\n3 1\n{place:010} 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev {start} >>\n"
        f"startxref\n{place + len(change)}\n%%EOF\n"
    ).encode()  # fmt: skip


def signed():
    """As an electronic signature leaves it: a field that holds the sealed bytes."""
    seal = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00> >>"
    field = "<< /FT /Sig /T (Firma) /V 6 0 R /Subtype /Widget /Rect [0 0 0 0] >>"
    return raw_pdf(root="/AcroForm << /SigFlags 3 /Fields [5 0 R] >>", others=[field, seal])


LINK = "<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.gob.mx/) >> >>"
FIELD = "<< /FT /Tx /T (Nombre) /V (Ana) /Subtype /Widget /Rect [0 0 9 9] >>"
INVOICE = parts.pdf_with_file("factura.xml", an_xml())

PDFS = {
    "one page": a_pdf,
    "forty pages": partial(a_pdf, pages=40),
    "a hundred pages of text": partial(long_text, 100),
    "a thousand pages": partial(a_pdf, pages=1000),
    "ready for the web": partial(a_pdf, pages=4, linearize=True),
    "of an old version": partial(a_pdf, force_version="1.3"),
    "with packed objects": partial(a_pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "without packing": partial(a_pdf, compress_streams=False),
    "a scan of ten pages": partial(scan, 10),
    "a scan of nineteen megabytes": heavy_scan,
    "a scan without loss": partial(scan_without_loss, 12),
    "a scan without loss in colour": partial(scan_without_loss, 6, (1654, 2339), "RGB"),
    "with bookmarks": with_bookmarks,
    "that speaks of scripts": with_metadata,
    "changed after it was made": changed_twice,
    "signed": signed,
    "with a link": partial(raw_pdf, page=f"/Annots [{LINK}]"),
    "with a form filled in": partial(raw_pdf, root="/AcroForm << /Fields [5 0 R] >>", others=[FIELD]),
    "that opens on its second page": partial(raw_pdf, root="/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
    "that opens to be printed": partial(raw_pdf, root="/OpenAction << /S /Named /N /Print >>"),
    "that opens at a place": partial(raw_pdf, root="/OpenAction [3 0 R /XYZ 0 792 1]"),
    "with an invoice inside": lambda: INVOICE,
    "with text in two packings": partial(
        raw_pdf,
        others=[
            stream(zlib.compress(b"q Q").hex().encode() + b">", "/Filter [/ASCIIHexDecode /FlateDecode]")
        ],
    ),
    "with blanks after its end": lambda: a_pdf() + b"\r\n\0\0\0\n",
    "with a table that is a little off": lambda: raw_pdf().replace(b"startxref\n", b"startxref\n1"),
}

# Images


def turned_photograph():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Un teléfono"
    return a_picture((800, 600), "JPEG", exif=exif)


def photograph_with_film():
    """Some telephones write a short film after the picture."""
    return turned_photograph() + b"\x00\x00\x00\x18ftypmp42" + parts.noise(40_000)


def screenshot():
    words = chunk(b"tEXt", b"Software\0Una captura") + chunk(b"iTXt", "Título\0\0\0\0\0ñandú".encode())
    return png_of(extra=words)


def by_layers(mode):
    out = io.BytesIO()
    picture((50, 37), "L").convert(mode).save(out, "PNG")
    return out.getvalue()


def interlaced():
    """A PNG in seven passes, of a size that none of them divides."""
    rows = ((2, 2), (2, 2), (3, 1), (3, 3), (6, 2), (5, 5), (11, 4))
    data = b"".join(b"\0" + bytes(3 * columns) for columns, lines in rows for _line in range(lines))
    header = b"\0\0\0\x0b\0\0\0\x09\x08\x02\0\0\x01"
    return (
        parts.SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    )


PNGS = {
    "small": png_of,
    "of one point": partial(png_of, width=1, height=1, rows=1, data=zlib.compress(bytes(4))),
    "in colour": partial(a_picture, (900, 700)),
    "with transparency": partial(a_picture, (300, 200), mode="RGBA"),
    "in greys": partial(a_picture, (300, 200), mode="L"),
    "in greys with transparency": partial(a_picture, (300, 200), mode="LA"),
    "in black and white": partial(by_layers, "1"),
    "of a palette": partial(by_layers, "P"),
    "of sixteen bits": partial(by_layers, "I;16"),
    "with its profile and size": partial(a_picture, (90, 90), icc_profile=bytes(3000), dpi=(300, 300)),
    "with words": screenshot,
    "in seven passes": interlaced,
    "of twenty-four megapixels": partial(a_picture, (6000, 4000)),
    "packed little": partial(a_picture, (1200, 900), compress_level=1),
}  # fmt: skip
JPEGS = {
    "small": partial(a_picture, (16, 16), "JPEG"),
    "in colour": partial(a_picture, (900, 700), "JPEG"),
    "in greys": partial(a_picture, (900, 700), "JPEG", mode="L"),
    "for the press": partial(a_picture, (300, 200), "JPEG", mode="CMYK"),
    "by layers": partial(a_picture, (900, 700), "JPEG", progressive=True),
    "of the best quality": partial(a_picture, (900, 700), "JPEG", quality=100, subsampling=0),
    "of the poorest quality": partial(a_picture, (900, 700), "JPEG", quality=5),
    "of a telephone": turned_photograph,
    "of a telephone, with a film": photograph_with_film,
    "with a comment": partial(parts.a_jpeg, comment="Sesión del 3 de marzo".encode()),
    "of twenty-four megapixels": lambda: _jpeg((4899, 4899), 92),
    "of a scanner": partial(a_picture, (2480, 3508), "JPEG", dpi=(300, 300)),
}

# Word and Excel


def letter():
    document = docx.Document()
    document.add_heading("Carta compromiso", 1)
    for number in range(60):
        document.add_paragraph(f"Párrafo {number}", style="List Bullet")
    document.add_table(4, 3).cell(0, 0).text = "Actividad"
    return saved_word(document)


def letter_with_pictures():
    document = docx.Document()
    for size in ((400, 300), (120, 90)):
        document.add_picture(io.BytesIO(a_picture(size)), width=Cm(6))
    document.sections[0].header.paragraphs[0].text = "Asociación Ánimo"
    return saved_word(document)


def of_word(**what):
    return partial(raw, p("Texto"), **what)


def reaches(kind, target):
    return of_word(parts={"word/_rels/settings.xml.rels": relations(relation(kind, target, external=True))})


def boxes_in_boxes():
    return raw("<w:tbl><w:tr><w:tc>" * 20 + p("Adentro") + "</w:tc></w:tr></w:tbl>" * 20)


WORDS = {
    "a letter": letter,
    "a letter with pictures": letter_with_pictures,
    "Rules of Operation": lambda: saved_word(rules()),
    "empty": lambda: saved_word(docx.Document()),
    "the least": partial(a_package, WORD),
    "with a link": of_word(relations=relation("hyperlink", "https://www.gob.mx/a?b=1", external=True)),
    "with a link to write to": of_word(relations=relation("hyperlink", "mailto:a@b.example", external=True)),
    "with a template of its own disk": reaches("attachedTemplate", "file:///C:\\Users\\Ana\\Normal.dotm"),
    "with a sheet inside": of_word(parts={"word/embeddings/hoja.xlsx": a_package(EXCEL)}),
    "with fields": partial(raw, p("<w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>")),
    "that speaks of DDE": partial(raw, p("Use DDEAUTO con cuidado: javascript:alert(1)")),
    "with tables in tables": boxes_in_boxes,
    "with a drawing": of_word(parts={"word/media/a.svg": "<?xml version='1.0'?><!DOCTYPE svg><svg/>"}),
    "without packing": lambda: parts.zipped(parts.own_parts(WORD), packing=0),
    "of our own": lambda: ooxml.package({k: v.encode() for k, v in parts.own_parts(WORD)}),
}  # fmt: skip


def budget(rows=200, sheets_of_it=1):
    book = openpyxl.Workbook()
    for number in range(sheets_of_it):
        sheet = book.create_sheet(f"Hoja {number}")
        for row in range(rows):
            sheet.append([row, f"Concepto {row}", 1250.5 * row, dt.date(2026, 1, 1), f"=C{row + 1}*1.16"])
    return _written(book)


def chart():
    book = openpyxl.Workbook()
    for row in range(9):
        book.active.append([f"Mes {row}", row * row])
    bars = BarChart()
    bars.add_data(Reference(book.active, min_col=2, min_row=1, max_row=9))
    book.active.add_chart(bars, "D2")
    return _written(book)


def _written(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def list_of_ours():
    out = io.BytesIO()
    sheets.write_xlsx(out, ["folio", "organización"], [["A-1", "Ánimo"], ["A-2", "=1+1"]], title="Datos")
    return out.getvalue()


def linked(target):
    rels = relations(relation("externalLinkPath", target, external=True))
    return partial(a_package, EXCEL, parts={"xl/externalLinks/_rels/externalLink1.xml.rels": rels})


EXCELS = {
    "a budget": budget,
    "a long budget": partial(budget, 1500),
    "many sheets": partial(budget, 5, 30),
    "with a chart": chart,
    "empty": lambda: _written(openpyxl.Workbook()),
    "a list of the portal": list_of_ours,
    "the least": partial(a_package, EXCEL),
    "linked to a sheet beside it": linked("nomina.xlsx"),
    "linked to a sheet of its own disk": linked("file:///C:\\Users\\Ana\\nomina.xlsx"),
}


# XML


def invoice(concepts):
    lines = "".join(
        f'<cfdi:Concepto Cantidad="{n}" Descripcion="Tela &amp; hilo" Importe="{n}.00"/>'
        for n in range(concepts)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.sat.gob.mx/cfd/4 http://www.sat.gob.mx/cfd/4/cfdv40.xsd">'
        f"<cfdi:Conceptos>{lines}</cfdi:Conceptos>"
        "</cfdi:Comprobante>"
    ).encode()


XMLS = {
    "an invoice": an_xml,
    "an invoice of three concepts": partial(invoice, 3),
    "an invoice of many concepts": partial(invoice, 20_000),
    "with a mark of its encoding": lambda: b"\xef\xbb\xbf" + an_xml(),
    "of Windows": lambda: '<?xml version="1.0" encoding="windows-1252"?><a>Ñandú</a>'.encode("cp1252"),
    "of one byte a letter": lambda: '<?xml version="1.0" encoding="ISO-8859-1"?><a>Ñandú</a>'.encode(
        "latin-1"
    ),
    "with comments and raw text": lambda: b'<?xml version="1.0"?><!-- a --><a><![CDATA[<script>]]></a>',
    "some levels deep": lambda: b'<?xml version="1.0"?>' + b"<a>" * 90 + b"</a>" * 90,
}

FILES = {
    "acta.pdf": PDFS,
    "LOGO.PNG": PNGS,
    "foto.jpeg": JPEGS,
    "Carta compromiso.docx": WORDS,
    "presupuesto 2026.xlsx": EXCELS,
    "factura.xml": XMLS,
}


def all_files():
    """Each with its name, what it is and how it is made."""
    return [(name, what, make) for name, files in FILES.items() for what, make in files.items()]


# Many more of the same, each a little different: what opens them is called without a process for each.

PACKINGS = [
    {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    {"linearize": True},
]
SIZES = [(1, 1), (7, 3), (33, 48), (130, 97), (256, 256), (401, 300)]


def variants():
    """Module, what it is and how it is made."""
    return [*_variants_of_pdfs(), *_variants_of_images(), *_variants_of_texts()]


def _variants_of_pdfs():
    for pages, number in product((*range(1, 14), 21, 55), range(3)):
        yield "pdfs", f"{pages} pages in packing {number}", partial(a_pdf, pages=pages, **PACKINGS[number])


def _variants_of_images():
    for size, mode, level in product(SIZES, ("RGB", "RGBA", "L", "LA"), (0, 9)):
        yield (
            "pngs",
            f"{size} {mode} packed {level}",
            partial(a_picture, size, mode=mode, compress_level=level),
        )
    for size, quality, layers in product(SIZES, (20, 75, 95), (False, True)):
        make = partial(a_picture, size, "JPEG", quality=quality, progressive=layers)
        yield "jpegs", f"{size} of quality {quality}, by layers {layers}", make


def _variants_of_texts():
    for count in range(30):
        rows = f"<sheetData>{'<row/>' * count}</sheetData>"
        yield "offices", f"Word of {count} paragraphs", partial(raw, p("Párrafo") * count)
        yield "offices", f"Excel of {count} rows", partial(a_package, EXCEL, main=rows)
        yield "xmls", f"{count} concepts", partial(invoice, count)
