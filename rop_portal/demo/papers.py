"""Small real files for what a demonstration hands over."""

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile


def paper(title):
    """A small real PDF that says what it stands for."""
    text = f"Documento de demostración: {title}".encode("cp1252", "replace")
    text = text.replace(b"\\", b"").replace(b"(", b"\\(").replace(b")", b"\\)")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(b"BT /F1 14 Tf 72 700 Td (" + text + b") Tj ET")
    out = BytesIO()
    pdf.save(out, static_id=True, deterministic_id=False)
    return SimpleUploadedFile("documento.pdf", out.getvalue(), content_type="application/pdf")
