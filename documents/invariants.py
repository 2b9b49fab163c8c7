"""What must hold of the files that are kept and of what is rendered."""

from datetime import timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from documents import storage
from documents.models import Document, Infection, Rendering, UploadInProgress
from jobs import constraints
from jobs.soundness import CHUNK, invariant

constraints.watch("documents")

FORGOTTEN_WITHIN = timedelta(days=1)


@invariant
def files_lie_under_their_hash():
    """A file is kept in the place that its hash names, so that equal bytes are kept once."""
    key = Concat(
        Substr("sha256", 1, 2), Value("/"), Substr("sha256", 3, 2), Value("/"), "sha256",
        output_field=CharField(),
    )  # fmt: skip
    return Document.objects.exclude(storage_key=key)


@invariant
def files_of_one_hash_are_of_one_size():
    """Files of the same hash have the same size."""
    other = Document.objects.filter(sha256=OuterRef("sha256"), pk__lt=OuterRef("pk"))
    return Document.objects.filter(Exists(other.exclude(size=OuterRef("size"))))


@invariant(reads_files=True)
def files_are_there():
    """Every file that is registered is kept, with the size that was written down."""
    for document in Document.objects.only("pk", "public_id", "storage_key", "size").iterator(CHUNK):
        if storage.size_of(document) != document.size:
            yield document


@invariant(reads_files=True)
def files_are_intact():
    """Every file that is kept still has the bytes of its hash."""
    for document in Document.objects.iterator(CHUNK):
        if not storage.is_intact(document):
            yield document


@invariant
def withheld_files_say_what_was_found():
    """A file that is withheld has what the antivirus found in it."""
    found = Infection.objects.filter(sha256=OuterRef("sha256"))
    return Document.objects.filter(~Exists(found), scan=Document.Scan.INFECTED)


@invariant
def files_in_which_something_was_found_are_withheld():
    """A file that had been received when something was found in it is withheld."""
    return Infection.objects.filter(document__isnull=False).exclude(document__scan=Document.Scan.INFECTED)


@invariant
def renderings_are_replaced_by_their_like():
    """A PDF is superseded by another of its kind and language, of the same subject only by a later one."""
    alike = Q(superseded_by__kind=F("kind"), superseded_by__language=F("language"))
    of_its_subject = Q(superseded_by__subject_id=F("subject_id"))
    back = Q(superseded_by__superseded_by=F("pk"))  # each superseded by the other: neither is valid
    wrong = ~alike | back | (of_its_subject & Q(superseded_by__pk__lte=F("pk")))
    return Rendering.objects.order_by().filter(wrong, superseded_by__isnull=False)


@invariant
def renderings_of_a_subject_have_one_current():
    """Of each subject there is one current PDF of a kind in a language."""
    same = {name: OuterRef(name) for name in ("kind", "subject_id", "language")}
    older = Rendering.objects.current().filter(**same, pk__lt=OuterRef("pk"))
    return Rendering.objects.order_by().current().filter(Exists(older))


@invariant
def rendered_files_are_pdfs_of_a_rendering():
    """A file that was rendered is a PDF and belongs to what was reserved for it; one received does not."""
    is_rendered = Q(origin=Document.Origin.RENDERED)
    as_rendered = Q(rendering__isnull=False, media_type="application/pdf")
    return Document.objects.filter((is_rendered & ~as_rendered) | (~is_rendered & Q(rendering__isnull=False)))


@invariant
def rendered_files_have_pages():
    """A PDF that was rendered has at least one page."""
    return Rendering.objects.order_by().filter(document__isnull=False, pages=0)


@invariant
def uploads_do_not_outlast_their_term():
    """Nothing is kept for a day of a file whose pieces stopped coming."""
    return UploadInProgress.objects.filter(expires_at__lt=timezone.now() - FORGOTTEN_WITHIN)
