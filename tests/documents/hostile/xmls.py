"""XML with entities, without end, broken, or that is a page."""

from tests.documents import parts
from tests.documents.hostile.cases import cases
from tests.documents.parts import zeros


def xml_entities():
    def typed(declared, inside=""):
        return f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a {declared}><a>{inside}</a>'.encode()

    yield from cases(
        "an XML with entities",
        "xml_doctype",
        ("that multiply", "factura.xml", parts.LAUGHS.encode()),
        (
            "one very long, many times",
            "factura.xml",
            typed(f'[<!ENTITY x "{"y" * 50_000}">]', "&x;" * 50_000),
        ),
        ("from the disk", "factura.xml", typed('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;")),
        ("from an address", "factura.xml", typed('[<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]', "&x;")),
        ("of parameters", "factura.xml", typed('[<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]')),
        ("of a type elsewhere", "factura.xml", typed('SYSTEM "http://127.0.0.1:9/x.dtd"')),
        ("of a public type", "factura.xml", typed('PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd"')),
        ("of an empty type", "factura.xml", typed("")),
        ("that name themselves", "factura.xml", typed('[<!ENTITY x "&x;">]', "&x;")),
        ("as default of an attribute", "factura.xml", typed('[<!ATTLIST a b CDATA "x">]')),
    )


def xml_shapes():
    start = b'<?xml version="1.0"?>'
    yield from cases(
        "a broken XML",
        "xml_damaged",
        ("an unclosed element", "factura.xml", start + b"<a><b></a>"),
        ("two roots", "factura.xml", start + b"<a/><b/>"),
        ("no root", "factura.xml", start),
        ("an unknown entity", "factura.xml", start + b"<a>&nada;</a>"),
        ("zeros", "factura.xml", start + b"<a>" + zeros(9) + b"</a>"),
        ("an unknown encoding", "factura.xml", b'<?xml version="1.0" encoding="nada-7"?><a/>'),
        ("letters that are none", "factura.xml", start + b"<a>\xff\xfe\xfa</a>"),
        ("an attribute twice", "factura.xml", start + b'<a b="1" b="2"/>'),
    )
    yield from cases(
        "an XML without end",
        "xml_deep too_much",
        ("elements inside elements", "factura.xml", start + b"<a>" * 200_000),
        (
            "elements inside elements, closed",
            "factura.xml",
            start + b"<a>" * 9000 + b"</a>" * 9000,
            "xml_deep",
        ),
        (
            "millions of elements",
            "factura.xml",
            lambda: start + b"<a>" + b"<b/>" * 5_200_000 + b"</a>",
        ),
    )
    yield from cases(
        "an XML that is a page",
        "xml_page",
        (
            "a web page",
            "factura.xml",
            start + b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        ),
        (
            "a script inside data",
            "factura.xml",
            start + b'<a><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></a>',
        ),
        ("a drawing", "factura.xml", start + b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        (
            "a style sheet",
            "factura.xml",
            start + b'<?xml-stylesheet type="text/xsl" href="http://malo.example/a.xsl"?><a/>',
        ),
    )


KINDS = [xml_entities, xml_shapes]
