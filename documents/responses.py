"""Serving a kept file. The caller has checked that this person may read it."""

import re

from django.http import FileResponse

from documents import scanning

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
PDF_POLICY = "default-src 'none'; frame-ancestors 'none'"  # a sandboxed browser shows no PDF


def serve(document, *, reader, inline=False):
    """The bytes with their own type and name, unable to run anything or to be taken for another type.

    What the antivirus has not looked at is served to nobody but whoever handed it in: raises Withheld.
    Only PDFs and images are ever shown in the browser; the rest is downloaded.
    """
    scanning.refuse_withheld(document, reader)
    shown = inline and document.media_type in ("application/pdf", "image/png", "image/jpeg")
    response = FileResponse(
        document.open(), as_attachment=not shown, filename=document.name, content_type=document.media_type
    )
    response["Content-Length"] = document.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["ETag"] = f'"{document.sha256}"'
    response["Content-Security-Policy"] = PDF_POLICY if document.media_type == "application/pdf" else POLICY
    response["X-Robots-Tag"] = "noindex"
    return response


def as_download(response, filename):
    """What is made for whoever asked: saved under a safe name, kept by nobody on the way."""
    safe = re.sub(r"[^\w.\-]+", "-", filename)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
