"""What honest and hostile files are made of: small real PDFs, images, packages and XML, byte by byte."""

import io
import random
import struct
import warnings
import zipfile
import zlib
from functools import cache

import pikepdf
from PIL import Image

SOME_DAY = (2026, 1, 15, 10, 0, 0)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEGABYTE = 1024 * 1024


def zeros(size):
    return bytes(size)


@cache
def bomb(megabytes, times=1):
    """Zeros, packed so that little of them is left."""
    packer = zlib.compressobj(6)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()
    return packed if times == 1 else zlib.compress(packed, 9)


def turned(content, place):
    """One bit of the bytes turned."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def noise(size):
    return random.Random(7).randbytes(size)  # noqa: S311 -- the same noise every time


# PDFs


def a_pdf(pages=1, **save):
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(out, **({"static_id": True} if "encryption" not in save else {}), **save)
    return out.getvalue()


def locked_pdf(revision, password):
    lock = pikepdf.Encryption(
        owner="jefa", user=password, R=revision, aes=revision > 3, metadata=revision > 3
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old ways of locking are weak, which is no matter here
        return a_pdf(encryption=lock)


def stream(content, about=""):
    return f"<< /Length {len(content)} {about} >>\nstream\n".encode() + content + b"\nendstream"


def raw_pdf(*, root="", page="", others=(), head=b""):
    """A PDF of which every byte is ours. Objects 1 to 4 are its own, ``others`` begin at 5."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {page} >>",
        stream(b"q Q"),
        *others,
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n" + head + b"\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode())
        out.write(content if isinstance(content, bytes) else content.encode())
        out.write(b"\nendobj\n")
    return out.getvalue() + _table(places, out.tell())


def _table(places, start, extra=""):
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}"
        f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()


def saved(pdf, **how):
    out = io.BytesIO()
    pdf.save(out, static_id=True, **how)
    return out.getvalue()


def pdf_with_packed_script():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
        pdf.Root.OpenAction = pdf.make_indirect(action)
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_with_file(name, content, other_name=""):
    """A PDF that carries a file, as an invoice carries its XML."""
    names = f"/F ({name}) /UF ({other_name or name})"
    specification = f"<< /Type /Filespec {names} /EF << /F 6 0 R >> >>"
    return raw_pdf(
        root=f"/Names << /EmbeddedFiles << /Names [({name}) 5 0 R] >> >>",
        others=[specification, stream(content, "/Type /EmbeddedFile")],
    )


def pdf_with_content(packed, filters="/FlateDecode"):
    return raw_pdf(others=[stream(packed, f"/Filter {filters}")]).replace(b"/Contents 4 0", b"/Contents 5 0")


def pdf_with_image(width, height, packed, filters="/FlateDecode"):
    about = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
    image = stream(packed, f"{about} /ColorSpace /DeviceGray /Filter {filters}")
    return raw_pdf(page="/Resources << /XObject << /I 5 0 R >> >>", others=[image])


def pdf_with_looping_table(*, twice=False):
    """Its table says that what stood before it is itself, or another one that says the same of it."""
    whole = raw_pdf()
    start = whole.rindex(b"xref\n0")
    places = [whole.index(f"{n} 0 obj".encode()) for n in range(1, 5)]
    if not twice:
        return whole[:start] + _table(places, start, f"/Prev {start}")
    length = len(_table(places, start, f"/Prev {start:010}"))
    first, second = start, start + length
    tables = _table(places, first, f"/Prev {second:010}"), _table(places, second, f"/Prev {first:010}")
    return whole[:start] + b"".join(tables)


def pdf_with_looping_pages():
    return raw_pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def pdf_of_one_page_repeated():
    """A tree that is small and gives as many pages as branches multiply."""
    levels = [
        f"<< /Type /Pages /Count {10**n} /Kids [{' '.join([f'{n + 5} 0 R'] * 10)}] >>"
        for n in range(6, 0, -1)
    ]
    others = [level.encode() for level in reversed(levels)]
    others[0] = b"<< /Type /Pages /Count 10 /Kids [" + b"3 0 R " * 10 + b"] >>"
    return raw_pdf(others=[b"null", *others]).replace(b"/Kids [3 0 R]", b"/Kids [11 0 R]")


def pdf_with_deep_tree(levels):
    """One page under as many nodes as there are levels."""
    first = 5
    others = [
        f"<< /Type /Pages /Count 1 /Parent {first + n - 1 if n else 2} 0 R "
        f"/Kids [{first + n + 1 if n + 1 < levels else 3} 0 R] >>"
        for n in range(levels)
    ]
    return (
        raw_pdf(others=others)
        .replace(b"/Kids [3 0 R]", b"/Kids [5 0 R]", 1)
        .replace(b"/Page /Parent 2 0 R", f"/Page /Parent {first + levels - 1} 0 R".encode())
    )


def pdf_without_middle():
    """Many pages, of which the middle of the file is gone while both of its ends are there."""
    whole = a_pdf(pages=40, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    third = len(whole) // 3
    return whole[:third] + whole[2 * third :].replace(b"trailer", b"trailex")


def pdf_with_many_objects():
    """More objects than the memory of one file holds, and small once packed."""
    count = 300_000
    objects = b"".join(b"<</A[%d 1 2 3]/B<</C(x)>>>>\n" % n for n in range(count))
    places = b" ".join(b"%d %d" % (n + 5, place) for n, place in enumerate(_places(objects)))
    return _packed(places, objects, count)


def _places(objects):
    """Where each object begins, one a line."""
    place = 0
    for line in objects.splitlines():
        yield place
        place += len(line) + 1


def pdf_with_swelling_objects():
    """Objects packed together that become far more than what was received."""
    return _packed(b"5 0", b"(" + b" " * 210 * MEGABYTE + b")\n", 1)


def _packed(places, objects, count):
    """A PDF whose objects from 5 on are packed in one stream, with a table that is a stream too."""
    body = raw_pdf(root="/X 5 0 R")
    start = body.rindex(b"xref\n0")
    body = body[:start]
    own = [body.index(f"{n} 0 obj".encode()) for n in range(1, 5)]
    number = 5 + count
    about = f"/Type /ObjStm /N {count} /First {len(places) + 1} /Filter /FlateDecode"
    packed = stream(zlib.compress(places + b" " + objects, 1), about)
    holder = f"{number} 0 obj\n".encode() + packed + b"\nendobj\n"
    table_at = start + len(holder)
    rows = [struct.pack(">BIH", 0, 0, 65535), *(struct.pack(">BIH", 1, place, 0) for place in own)]
    rows += [struct.pack(">BIH", 2, number, min(n, 65535)) for n in range(count)]
    rows += [struct.pack(">BIH", 1, start, 0), struct.pack(">BIH", 1, table_at, 0)]
    about = f"/Type /XRef /Size {number + 2} /W [1 4 2] /Root 1 0 R /Filter /FlateDecode"
    table = f"{number + 1} 0 obj\n".encode() + stream(zlib.compress(b"".join(rows)), about) + b"\nendobj\n"
    return body + holder + table + f"startxref\n{table_at}\n%%EOF\n".encode()


# Images

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def picture(size=(60, 60), mode="RGB"):
    """A picture of soft colours that packs as photographs do."""
    channels = len(Image.new(mode, (1, 1)).getbands())
    small = Image.frombytes(mode, (8, 8), noise(64 * channels)) if mode not in ("1", "P") else None
    return small.resize(size) if small else Image.new(mode, size)


def a_picture(size=(60, 60), kind="PNG", mode="RGB", **how):
    out = io.BytesIO()
    picture(size, mode).save(out, kind, **how) if size[0] < 5000 else Image.new(mode, size).save(out, kind)
    return out.getvalue()


def a_png(*, noisy=False):
    if not noisy:
        return png_of()
    seen = noise(180 * 60)
    return png_of(data=zlib.compress(b"".join(b"\0" + seen[row * 180 :][:180] for row in range(60))))


def a_jpeg(*, progressive=False, comment=b""):
    how = {"comment": comment} if comment else {}
    return a_picture((120, 90), "JPEG", progressive=progressive, quality=85, **how)


def jpeg_of(width, height):
    """A JPEG whose header says another size than its picture has."""
    content = a_jpeg()
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(*, width=60, height=60, depth=8, colour=2, packing=0, rows=60, data=None, extra=b""):
    """A PNG of which every field is ours."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, packing, 0, 0)
    if data is None:
        data = zlib.compress((b"\0" + b"\xb4\x20\x60" * 60) * rows)
    return SIGNATURE + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


# Word and Excel

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ja">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&e9;</a>"
)


def relation(kind, target, key="r1", external=False):
    target = target.replace("&", "&amp;").replace("<", "&lt;")
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def relations(*inside):
    return f'<?xml version="1.0"?><Relationships>{"".join(inside)}</Relationships>'


def own_parts(kind, *, main="", body=""):
    """The least of a package: what it holds, where its main part is, and that part."""
    name = "xl/workbook.xml" if "spreadsheet" in kind or "excel" in kind else "word/document.xml"
    text = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    types = f'<Types><Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations(relation("officeDocument", name))),
        (name, main or text),
    ]


def a_package(kind, *, members=(), parts=None, comment=b"", **own):
    return zipped([*own_parts(kind, **own), *members, *(parts or {}).items()], comment=comment)


def a_workbook():
    return a_package(EXCEL, members=[("xl/worksheets/sheet1.xml", f"<a>{noise(300).hex()}</a>")])


def zipped(members, *, comment=b"", packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", packing) as package:
        warnings.simplefilter("ignore", UserWarning)  # two parts of one name are what a file is about
        for name, content in members:
            package.writestr(zipfile.ZipInfo(name, SOME_DAY), content, packing)
        package.comment = comment
    return out.getvalue()


def without(members, name):
    return [member for member in members if member[0] != name]


def an_opendocument():
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")])


def a_package_with_twins():
    return a_package(WORD, members=[("word/document.xml", "<otro/>")])


def a_package_with_locked_parts():
    """The flag of a password on its last part, in both places where it is written."""
    content = bytearray(a_package(WORD))
    content[content.rindex(b"PK\x03\x04") + 6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def package_that_says(size):
    """A part that says to be larger than any may be."""
    content = bytearray(a_package(WORD))
    struct.pack_into("<I", content, content.rindex(b"PK\x01\x02") + 24, size)
    return bytes(content)


def package_that_hides_its_size():
    """A part of forty megabytes that says it has a hundred bytes."""
    content = bytearray(a_package(WORD, members=[("word/a.xml", bytes(40 * MEGABYTE))]))
    struct.pack_into("<I", content, content.rindex(b"PK\x01\x02") + 24, 100)
    return bytes(content)


def package_of_overlapping_parts():
    """Many names for the same bytes: each is small, all of them together are not."""
    kernel = zlib.compress(bytes(900_000))[2:-4]
    check = zlib.crc32(bytes(900_000))
    base = a_package(WORD)
    start = base.index(b"PK\x01\x02")
    fields = (20, 0, 8, 0, 0, check, len(kernel), 900_000)
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields, 5, 0) + b"a.xml" + kernel
    end = base.rindex(b"PK\x05\x06")
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + struct.pack("<HHHHHIIIHH", *fields, len(name), 0)
        + struct.pack("<HHHII", 0, 0, 0, 0, start) + name
        for name in (f"a{n}.xml".encode() for n in range(200))
    )  # fmt: skip
    directory = base[start:end] + entries
    count = base.count(b"PK\x01\x02") + 200
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start + len(local), 0)
    return base[:start] + local + directory + tail


def nested_packages(levels):
    content = a_package(WORD)
    for _level in range(levels):
        content = a_package(WORD, members=[("word/embeddings/a.docx", content)])
    return content


def package_with_huge_list():
    own = without(own_parts(WORD), "[Content_Types].xml")
    types = f'<Types><Override ContentType="{WORD}"/>{noise(MEGABYTE).hex()}</Types>'
    return zipped([("[Content_Types].xml", types), *own])


def package_with_wrong_sum():
    content = bytearray(a_package(WORD))
    place = content.rindex(b"PK\x01\x02") + 16
    struct.pack_into("<I", content, place, 0xDEADBEEF)
    return bytes(content)


def package_packed_otherwise():
    content = bytearray(a_package(WORD))
    struct.pack_into("<H", content, content.rindex(b"PK\x01\x02") + 10, 97)
    struct.pack_into("<H", content, content.rindex(b"PK\x03\x04") + 8, 97)
    return bytes(content)


# XML


def an_xml():
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" '
        b'Version="4.0" Total="1160.00"><cfdi:Emisor Nombre="Papeler\xc3\xada"/></cfdi:Comprobante>'
    )
