"""The booklets of an edition: one a publication; the newest is valid, the others stay verifiable."""

from documents import renderings
from documents.models import Rendering

KIND = "booklet"


def request(publication, *, by, at=None):
    """Ask for the booklet of a publication. A later publication's, where there is one, supersedes it."""
    rendering = renderings.request(KIND, publication.code, by=by, at=at)
    every = list(publication.edition.publications.order_by("number"))
    older = [one.code for one in every if one.number < publication.number]
    Rendering.objects.filter(kind=KIND, subject_id__in=older).current().update(superseded_by=rendering)
    if newer := _newest([one.code for one in every if one.number > publication.number]):
        Rendering.objects.filter(pk=rendering.pk).update(superseded_by=newer)
    return rendering


def _newest(codes):
    found = Rendering.objects.filter(kind=KIND, subject_id__in=codes).current()
    return found.order_by("-issued_at", "-pk").first()
