"""The Rules as a file that people edit or keep: Word and HTML, of what was published and of a draft."""

import io

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.utils.decorators import method_decorator
from django.views.generic import View

from documents.responses import POLICY
from programs.views.public import VersionOfYear
from programs.views.studio import DraftView
from programs.word import export


def file_of(content, kind, name):
    """The bytes as a download that can run nothing."""
    response = FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type=export.MEDIA_TYPES[kind]
    )
    response["Content-Length"] = len(content)
    response["ETag"] = f'"{export.digest(content)}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


@method_decorator(login_not_required, name="dispatch")
class EditionFile(VersionOfYear, View):
    """A version of a published edition as Word or as a page of its own, from the text that was frozen."""

    kind = export.WORD

    def get(self, request, *args, **kwargs):
        publication = self.find().publication
        content = export.of_publication(publication, self.kind)
        return file_of(content, self.kind, f"{publication.code}.{self.kind}")


class DraftFile(DraftView, View):
    """A draft as it stands, marked as a draft. Word that is changed outside can be imported again."""

    kind = export.WORD

    def get(self, request, *args, **kwargs):
        response = file_of(
            export.of_draft(self.contents, self.kind), self.kind, f"{self.edition.code}.{self.kind}"
        )
        response["Cache-Control"] = "private, no-store"
        return response
