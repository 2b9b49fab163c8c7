"""The whole file (expediente) of an application as one ZIP: what was received, with its index and hashes.

It holds the sealed application, the documents in force, those that a correction replaced, and the papers
that the portal made of it for whoever asks. What a draft held and threw away before it was sent was never
received.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from documents import archive, renderings, scanning, sheets
from documents.models import Document, Rendering

INDEX, SUMS, SEALED, READ_ME = "indice.csv", "SHA256SUMS", "solicitud.json", "LEAME.txt"


@dataclass(frozen=True)
class Piece:
    """A file of the ZIP: where it lies, what it is, its name as it came, its hash, and when it came to be."""

    path: str
    what: str
    note: str
    sha256: str
    size: int
    at: datetime
    document: Document | None = None
    text: str = ""

    @property
    def entry(self):
        if self.document:
            return archive.of_document(self.path, self.document, self.at)
        return archive.of_text(self.path, self.text, self.at)


def entries(application, *, reader):
    """Every file of the ZIP for that reader, in order. ``application`` was handed in."""
    pieces = [
        _sealed(application),
        *_documents(application),
        *_signed(application),
        *_papers(application, reader),
    ]
    inside = [piece for piece in pieces if not _why_not(piece, reader)]
    written = [
        (INDEX, _index(pieces, reader)),
        (SUMS, "".join(f"{piece.sha256}  {piece.path}\n" for piece in inside)),
        (READ_ME, _read_me(application)),
    ]
    about = [archive.of_text(name, text, application.submitted_at) for name, text in written]
    return [*about, *(piece.entry for piece in inside)]


def _why_not(piece, reader):
    """Why a file is not inside, though the index names it; nothing when it is."""
    return scanning.why_withheld(piece.document, reader) if piece.document else ""


def filename(application):
    return f"expediente-{application.folio}.zip"


def _sealed(application):
    submission = application.submission
    return Piece(
        path=SEALED,
        what=_("The application as it was received"),
        note=_("Sealed text: its SHA-256 is that of the receipt"),
        sha256=submission.sha256,
        size=len(submission.snapshot.encode()),
        at=submission.received_at,
        text=submission.snapshot,
    )


def _documents(application):
    """Those in force when it was sent or that came after, in the order asked; the replaced ones apart."""
    received = application.supplied.handed_in()
    ordered = received.select_related("document", "requirement", "question").order_by(
        F("requirement__position").asc(nulls_last=True),
        "requirement",
        "question__position",
        "question",
        "supplied_at",
        "pk",
    )
    return [_of_what_is_asked(place, one) for place, one in enumerate(ordered, start=1)]


def _of_what_is_asked(place, supplied):
    folder, note = "documentos", _("In force")
    if supplied.replaced_at:
        folder, note = "documentos/anteriores", _("Replaced by a correction")
    path = f"{folder}/{place:02}-{supplied.document.name}"
    return _of_document(path, supplied.document, str(supplied.asked), note, supplied.supplied_at)


def _signed(application):
    """What was signed on paper for an application that staff entered for its organization."""
    entered = application.entered_for
    for place, (name, document) in enumerate(entered.papers if entered else (), start=1):
        path = f"asistencia/{place}-{document.name}"
        yield _of_document(path, document, str(name), _("Signed on paper"), document.stored_at)


def _papers(application, reader):
    """The PDFs of the portal about this application that the reader may see, superseded ones included."""
    made = Rendering.objects.filter(folio=application.folio, document__isnull=False)
    for place, one in enumerate(made.select_related("document").order_by("issued_at", "pk"), start=1):
        if renderings.visible_to(one, reader):
            note = _("Superseded") if one.superseded_by_id else _("Code %(code)s") % {"code": one.code}
            path = f"papeles/{place:02}-{one.filename or one.document.name}"
            yield _of_document(path, one.document, one.title, note, one.issued_at)


def _of_document(path, document, what, note, at):
    return Piece(path, what, note, document.sha256, document.size, at, document)


def _index(pieces, reader):
    header = [
        _("Name of the file"),
        _("What it is"),
        _("Note"),
        _("Bytes"),
        _("Received or issued"),
        "SHA-256",
    ]
    rows = (
        (one.path, one.what, _why_not(one, reader) or one.note, one.size, one.at, one.sha256)
        for one in pieces
    )
    return "".join(sheets.csv_lines(header, rows))


def _read_me(application):
    named = {
        "folio": application.folio,
        "call": application.call.folio,
        "sha256": application.submission.sha256,
    }
    return (
        _(
            "File of the application %(folio)s to the call %(call)s.\n\n"
            "indice.csv lists what is here. SHA256SUMS holds the digital fingerprint of each file: with\n"
            "“sha256sum -c SHA256SUMS” a computer tells whether anything was changed.\n"
            "solicitud.json is the application as the portal sealed it on reception. Its fingerprint,\n"
            "%(sha256)s,\n"
            "is the one printed on the receipt, which anybody may verify on the portal by its code.\n"
        )
        % named
    )
