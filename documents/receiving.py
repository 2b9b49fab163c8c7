"""Receiving a file in pieces: an address for each place where files are handed in, the same words for all."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.views.generic import View

from documents import uploads
from documents.forms import AnnouncedForm, PieceForm


class ReceivesPieces(View):
    """POST announces a file and says from where on it is wanted; PUT brings a piece of it.

    Who may do so, and until when, is for each place to say: ``begin`` and ``add`` are its own acts, which
    raise one of ``refusals`` as they would for the whole file. What is not this person's is not there.
    """

    http_method_names = ("post", "put", "options")
    refusals: tuple = (uploads.FileRefused,)
    place: uploads.Place

    def dispatch(self, request, *args, **kwargs):
        """Whoever has no such place is told so before anything else."""
        self.place  # noqa: B018 -- it raises what there is to say
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = AnnouncedForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=400)
        try:
            upload = self.begin(**form.cleaned_data)
        except self.refusals as reason:
            return JsonResponse({"message": str(reason)}, status=409)
        return JsonResponse({"upload": upload.public_id, "received": upload.received})

    def put(self, request, *args, **kwargs):
        form = PieceForm(request.GET)
        if not form.is_valid():
            return HttpResponse(status=400)
        if int(request.headers.get("Content-Length") or 0) > settings.UPLOAD_PIECE_BYTES:
            return HttpResponse(status=413)
        said = form.cleaned_data
        try:
            here = self.add(
                said["upload"], offset=said["offset"], content=request.body, sha256=said["sha256"]
            )
        except uploads.NoSuchUpload:
            raise Http404 from None
        except uploads.DamagedPiece:
            return HttpResponse(status=422)
        except self.refusals as reason:
            return JsonResponse({"message": str(reason)}, status=409)
        return JsonResponse({"received": here})

    def begin(self, *, name, size, sha256):
        raise NotImplementedError

    def add(self, public_id, *, offset, content, sha256):
        raise NotImplementedError
