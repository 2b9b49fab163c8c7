"""PDF/UA from a template: static files only, same content same bytes. Called by jobs, never by views."""

import io

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from documents import apart, engine
from jobs.running import JobFailed


def missing():
    """What keeps this portal from making PDFs, by name; empty when it can."""
    return engine.missing(settings.BASE_DIR / "static")


def is_available():
    return not missing()


def render(template_name, context, *, title, language):
    """The bytes of the PDF that ``template_name`` gives with ``context``."""
    return render_pages(template_name, context, title=title, language=language)[0]


def render_pages(template_name, context, *, title, language):
    """The PDF and its number of pages. Raises JobFailed, with the reason in words, where PDFs are off."""
    if lacking := missing():
        raise JobFailed(
            _("This server cannot make PDFs: it lacks %(what)s. The administrator has to install it.")
            % {"what": ", ".join(lacking)}
        )
    with translation.override(language):
        html = render_to_string(template_name, context | {"title": title, "language": language})
    make = apart.html_to_pdf if settings.TASKS_MODE == "embedded" else engine.html_to_pdf
    return make(html, static=settings.BASE_DIR / "static", scratch=settings.VAR_DIR / "pdf")


def render_rendering(rendering, template_name, context):
    """The PDF of a reserved rendering, with the code and the QR that prove it."""
    address = verification_address(rendering.code)
    proof = {
        "code": rendering.code,
        "folio": rendering.folio,
        "issued_at": rendering.issued_at,
        "is_demo": rendering.is_demo,
        "verify_url": address,
        "qr": qr(address),
        "legend": settings.LEGEND,
    }
    return render_pages(template_name, context | proof, title=rendering.title, language=rendering.language)


def verification_address(code):
    return settings.SITE_URL + reverse("documents:verification", args=[code])


def qr(text):
    """A QR code as inline SVG, with the words it stands for."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, border=0, title=text, omitsize=True
    )
    return mark_safe(out.getvalue().decode())
