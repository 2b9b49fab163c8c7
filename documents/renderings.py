"""PDFs of the portal: each kind is declared beside what it shows, reserved in the act, rendered by a job.

In an app's ``pdfs.py``::

    @renderings.kind("receipt", template="pdf/receipt.html", version=1)
    class Receipt(renderings.Kind):
        name = _("Receipt of application")

        def __init__(self, subject_id): ...
        title, context(), visible_to(user)

and in its action ``renderings.request("receipt", application.public_id, by=ana, at=at)``, which reserves the
code before anything is rendered. The same content gives the same rendering; a newer one supersedes it.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from documents import canonical
from documents.models import Document, Rendering
from jobs import queue
from jobs.models import Job

_kinds: dict[str, type["Kind"]] = {}


class Kind:
    """What a kind of PDF says of itself. Built from the public id, folio or code of its subject.

    ``title`` is public (it is shown to whoever verifies the code), so it names no person. ``context()``
    gives plain values only: texts, numbers, Decimals, dates, safe markup, lists and dictionaries of them.
    """

    name = _("Document")
    template = ""
    version = 1
    code = ""
    language = "es-mx"
    is_public = False
    is_demo = False
    folio = ""
    title = ""

    def __init__(self, subject_id):
        self.subject_id = subject_id

    def context(self):
        raise NotImplementedError

    @property
    def filename(self):
        return f"{self.folio or self.code}.pdf"

    # Whether ``why_withheld`` is to be asked before the file is given
    may_be_withheld = False

    def visible_to(self, user):
        """May ``user`` read it, when it is not public?"""
        return False

    def why_withheld(self, user):
        """Why the file is not given now, though the document exists and can be verified; empty when it is."""
        return ""


class UnknownKind(LookupError):
    """No app declares a PDF of that kind."""


def kind(code, *, template, version=1):
    """Declare a kind of PDF. Raise ``version`` when the template changes what it shows."""

    def register(declared):
        declared.code, declared.template, declared.version = code, template, version
        _kinds[code] = declared
        return declared

    return register


def autodiscover():
    autodiscover_modules("pdfs")


def kinds():
    """Every declared kind by its code."""
    return dict(_kinds)


def kind_of(rendering):
    """The declared kind of a rendering, told its subject."""
    return _named(rendering.kind)(rendering.subject_id)


@transaction.atomic
def request(code, subject_id, *, by=None, at=None):
    """Reserve a PDF of the subject as it stands now, and ask for it to be rendered. Gives its Rendering.

    Content that has a current rendering already gives that one; otherwise the new one supersedes what
    there was of the same kind, subject and language.
    """
    subject = _named(code)(str(subject_id))
    fields = _reserved(subject)
    same = Rendering.objects.of(code, subject_id).current().filter(content_key=fields["content_key"])
    if found := same.first():
        return found
    try:
        with transaction.atomic():
            rendering = Rendering.objects.create(
                requested_by=by if getattr(by, "pk", None) else None, issued_at=at or timezone.now(), **fields
            )
    except IntegrityError:  # somebody asked for the same content at the same moment
        return same.get()
    _supersede(rendering)
    ask(rendering, by=by)
    return rendering


def ask(rendering, *, by=None):
    """Put the work of rendering in line. Once is enough, twice does no harm."""
    return queue.enqueue(
        "documents.render", subject=rendering.code, label=rendering.title[:200], by=by, code=rendering.code
    )


def job_of(rendering):
    """The latest job that renders it, or None."""
    return Job.objects.about(rendering.code).first()


def visible_to(rendering, user):
    """Public documents are for everyone; the others for whom their kind says."""
    return rendering.is_public or (user.is_authenticated and kind_of(rendering).visible_to(user))


def why_withheld(rendering, user):
    """Why the file of a rendering is not given to a person now; empty when it is."""
    declared = _kinds.get(rendering.kind)
    if declared is None or not declared.may_be_withheld:
        return ""
    return kind_of(rendering).why_withheld(user)


def render(rendering):
    """Render what was reserved and keep it. Does nothing when it is kept already."""
    from documents import pdf  # noqa: PLC0415 -- slow import

    if rendering.document_id:
        return rendering.document
    shown = canonical.thaw(rendering.content)
    content, pages = pdf.render_rendering(rendering, _named(rendering.kind).template, shown["context"])
    with transaction.atomic():
        document = Document.objects.store(
            name=rendering.filename,
            content=content,
            media_type="application/pdf",
            origin=Document.Origin.RENDERED,
            by=rendering.requested_by,
        )
        free = Rendering.objects.filter(pk=rendering.pk, document=None)
        if not free.update(document=document, pages=pages):
            transaction.set_rollback(True)
    rendering.refresh_from_db()
    return rendering.document


def _named(code):
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def _reserved(subject):
    with translation.override(subject.language):
        shown = {"title": str(subject.title), "language": subject.language, "context": subject.context()}
        content = canonical.freeze(shown | {"is_demo": subject.is_demo, "folio": str(subject.folio)})
        return {
            "kind": subject.code,
            "subject_id": str(subject.subject_id),
            "title": shown["title"][:250],
            "language": subject.language,
            "folio": str(subject.folio)[:60],
            "filename": str(subject.filename)[:120],
            "content": content,
            "content_key": canonical.key_of(content, version=f"{subject.template} {subject.version}"),
            "is_public": subject.is_public,
            "is_demo": subject.is_demo,
        }


def _supersede(rendering):
    older = Rendering.objects.of(rendering.kind, rendering.subject_id).current()
    older.filter(language=rendering.language).exclude(pk=rendering.pk).update(superseded_by=rendering)
