"""HTML to PDF/UA-1, without Django: called directly or apart (``python -m documents.engine``).

Nothing is fetched but files of the static folder: no text of an applicant can make the server ask for an
address or read its disk. Fonts come from ``static/pdf/fonts/`` alone, so that every machine gives the
same bytes.
"""

import ctypes
import json
import mimetypes
import os
import struct
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative

SCHEME = "static"
BASE = "static:///"
SERVED_UNDER = "static/"  # templates may say {% static "…" %}
uses_relative.append(SCHEME)
uses_netloc.append(SCHEME)
FONTS = "pdf/fonts"
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Noto Sans</family></prefer></alias>
</fontconfig>
"""
VARIANT = "pdf/ua-1"
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


class AddressRefused(Exception):
    """The document names something that is not a file of the portal."""


def missing(static):
    """What keeps this machine from making PDFs: names of libraries, or the fonts. Empty when all is there."""
    lacking = [name for name in LIBRARIES if not _loads(name)]
    if not any((Path(static) / FONTS).glob("*.ttf")):
        lacking.append(FONTS)
    return lacking


def html_to_pdf(html, *, static, scratch):
    """The PDF of ``html`` and its number of pages. ``static`` is the only folder it may read from."""
    weasyprint = _weasyprint(str(static), str(scratch))
    fetcher = _fetcher_class()(str(static))
    try:
        document = weasyprint.HTML(
            string=html, base_url=BASE, url_fetcher=fetcher, media_type="print"
        ).render(font_config=_font_configuration(), pdf_variant=VARIANT)
        content = document.write_pdf(pdf_variant=VARIANT)
    except weasyprint.urls.FatalURLFetchingError as error:  # no Exception: nothing inside goes on after it
        raise AddressRefused(str(error)) from error
    if fetcher.refused:  # an inline SVG goes on even so
        raise AddressRefused(fetcher.refused[0])
    return content, len(document.pages)


@cache
def _weasyprint(static, scratch):
    """Import WeasyPrint once the fonts are settled: with none it would end the process."""
    fonts, conf = Path(static, FONTS).resolve(), Path(scratch, "fonts.conf")
    conf.parent.mkdir(parents=True, exist_ok=True)
    text = FONTS_CONF.format(fonts=fonts, cache=conf.parent / "fontconfig")
    if not conf.exists() or conf.read_text() != text:
        conf.write_text(text)
    os.environ["FONTCONFIG_FILE"] = str(conf)
    import weasyprint  # noqa: PLC0415 -- slow import, and only after the fonts

    return weasyprint


@cache
def _font_configuration():
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- slow import

    return FontConfiguration()


@cache
def _fetcher_class():
    from weasyprint.urls import (  # noqa: PLC0415 -- slow import
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class StaticOnly(URLFetcher):
        """Serves ``static:`` names; every other address ends the rendering."""

        def __init__(self, static):
            super().__init__()
            self.static, self.refused = static, []

        def fetch(self, url, headers=None):
            path = static_file(url, self.static)
            if path is None:
                self.refused.append(f"a document may only show files of the portal, not {url[:120]}")
                raise FatalURLFetchingError(self.refused[-1])
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})

    return StaticOnly


def static_file(url, static):
    """The file that a ``static:`` address names, or None: no other scheme, nothing outside the folder."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME or parts.netloc:
        return None
    root = Path(static).resolve()
    path = (root / unquote(parts.path).lstrip("/").removeprefix(SERVED_UNDER)).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def _loads(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def serve(incoming, outgoing):
    """The process apart: reads requests, answers each with a PDF or with why there is none, until the end."""
    while (request := read_message(incoming)) is not None:
        asked = json.loads(request)
        try:
            content, pages = html_to_pdf(asked["html"], static=asked["static"], scratch=asked["scratch"])
        except Exception as error:  # whatever it is, the one who asked is told
            answer = {"error": f"{type(error).__name__}: {error}"}
            content = b""
        else:
            answer = {"pages": pages}
        write_message(outgoing, json.dumps(answer).encode())
        write_message(outgoing, content)


def write_message(pipe, content):
    pipe.write(struct.pack(">Q", len(content)))
    pipe.write(content)
    pipe.flush()


def read_message(pipe):
    """One message, or None when the other side is gone."""
    length = pipe.read(8)
    if len(length) < 8:
        return None
    (size,) = struct.unpack(">Q", length)
    content = pipe.read(size)
    return content if len(content) == size else None


if __name__ == "__main__":
    os.nice(5)  # pages come first
    serve(sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
