"""One file that is two: an image or a PDF that another program would read as a page, a PDF or a ZIP."""

import re

from documents.opening.answers import Refused

PAGE = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe|\?php)[\s>/]", re.IGNORECASE)
ZIP_END = b"PK\x05\x06"
LONGEST_ZIP_END = 22 + 65535


def refuse_page(piece):
    """No part that carries words may be a web page or a script."""
    if PAGE.search(piece):
        raise Refused("two_in_one")


def refuse_archive(content):
    """Its end may not be that of a ZIP, which is read from its end."""
    if content.rfind(ZIP_END, max(0, len(content) - LONGEST_ZIP_END)) >= 0:
        raise Refused("two_in_one")


def refuse_pdf(head):
    """A PDF is recognised anywhere in the first kilobyte."""
    if b"%PDF-" in head[:1024]:
        raise Refused("two_in_one")
