"""The files of the annexes: of published Rules for everybody, of a draft for those who read it."""

from django.http import Http404
from django.views.generic import View

from documents import responses
from programs.models import Annex
from programs.views.public import VersionOfYear, public
from programs.views.studio import DraftView


def serve(annexes, key, *, reader):
    """The file of one annex; an annex that is a link, or is not there, has none."""
    annex = annexes.filter(key=key, document__isnull=False).select_related("document").first()
    if annex is None:
        raise Http404
    return responses.serve(annex.document, reader=reader, inline=True)


@public
class AnnexFile(VersionOfYear, View):
    """Of the version in force today, or of that which the address names."""

    def get(self, request, *args, **kwargs):
        annexes = Annex.objects.of_publication(self.find().publication)
        return serve(annexes, kwargs["annex"], reader=request.user)


class DraftAnnexFile(DraftView, View):
    def get(self, request, *args, **kwargs):
        annexes = Annex.objects.of_draft(self.edition)
        return serve(annexes, kwargs["annex"], reader=request.user)
