"""Why a file is refused, and what to do: the words for the short names of ``documents.opening``."""

from django.utils.translation import gettext as _

from documents.opening import bounds


def words_of(reason):
    """Why the file is refused and what to do, for whoever sent it."""
    kind = reason.partition("_")[0]
    return {"pdf": _of_a_pdf, "image": _of_an_image, "office": _of_an_office_file, "xml": _of_xml}.get(
        kind, _of_any
    )()[reason]


def _of_any():
    return {
        "too_much": _(
            "Opening the file takes more time or memory than is given to one. Reduce it (fewer pages, or a "
            "lower resolution), save it again and attach it."
        ),
        "two_in_one": _(
            "The file is two kinds of file in one, or carries something after its end. Open it, save a new "
            "copy and attach that one."
        ),
    }


def _of_a_pdf():
    return {
        "pdf_damaged": _damaged("PDF"),
        "pdf_protected": _(
            "The PDF is protected with a password. Save a copy without a password and attach that one."
        ),
        "pdf_empty": _("The PDF has no pages. Save it again and attach it."),
        "pdf_too_long": _("The PDF has more than %(most)d pages. Divide it in parts.")
        % {"most": bounds.MAX_PAGES},
        "pdf_swells": _("Once unpacked the PDF is far larger than it looks: it is not opened.")
        + " "
        + _print_it(),
        "pdf_script": _("The PDF carries scripts (JavaScript), which are not accepted.") + " " + _print_it(),
        "pdf_acts": _("The PDF opens programs, addresses or multimedia by itself.") + " " + _print_it(),
        "pdf_form": _("The PDF is a form of the XFA kind, which many programs show empty.")
        + " "
        + _print_it(),
        "pdf_attachment": _(
            "The PDF carries other files inside. Attach each of them by itself, and a copy of the PDF "
            "without them: open it, choose “Print” and “Save as PDF”."
        ),
    }


def _of_an_image():
    return {
        "image_damaged": _damaged(_("image")),
        "image_too_large": _(
            "The image is too large to be opened (more than %(most)d megapixels). Reduce it and attach it "
            "again."
        )
        % {"most": bounds.MAX_PIXELS // 1_000_000},
        "image_lies": _(
            "The image does not have the size that it says. Open it, save a new copy and attach that one."
        ),
    }


def _of_an_office_file():
    return {
        "office_damaged": _damaged(_("Word or Excel")),
        "office_protected": _(
            "The file is an old Word or Excel file, or is protected with a password. Take the password "
            "away, save it as .docx or .xlsx, or as PDF, and attach that one."
        ),
        "office_swells": _(
            "Once unpacked the file is far larger than it looks: it is not opened. Save it again as PDF."
        ),
        "office_programs": _("The file carries macros or programs. Save it without them, or as PDF."),
        "office_escapes": _(
            "The file has parts whose names lead out of it, as no Word or Excel file has. Save it again in "
            "Word or Excel, or as PDF."
        ),
        "office_doctype": _(
            "The file declares entities of its own, which is not accepted. Save it again in Word or Excel, "
            "or as PDF."
        ),
        "office_long": _("The sheet has more than %(most)d rows. Divide it in parts.")
        % {"most": bounds.MAX_ROWS},
        "office_deep": _("The file is too complicated to be read. Save it again as PDF."),
        "office_reaches": _(
            "The file brings content from another address or program when it is opened. Break its links, or "
            "save it as PDF."
        ),
    }


def _of_xml():
    return {
        "xml_damaged": _damaged("XML"),
        "xml_doctype": _("The XML declares a document type (DOCTYPE), which is not accepted. Remove it."),
        "xml_deep": _(
            "The XML has more elements, or deeper ones, than are read. Ask whoever issued it for another "
            "copy."
        ),
        "xml_page": _(
            "The XML is a web page or a drawing, not data. Attach the XML as whoever issued it gave it."
        ),
    }


def _damaged(name):
    return _("The %(name)s cannot be opened: it is damaged or incomplete. Save it again and attach it.") % {
        "name": name
    }


def _print_it():
    return _("Open it, choose “Print” and “Save as PDF”, and attach that copy.")
