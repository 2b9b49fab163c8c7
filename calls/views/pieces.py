"""Large files in pieces: for a requirement of an application, for a correction, for the vault."""

from django.urls import reverse
from django.utils.functional import cached_property

from calls import formats
from calls.actions import answers, documents
from calls.views.reading import ReadsApplication, requirement_of
from documents import uploads
from documents.receiving import ReceivesPieces


def counted_to(application):
    return f"application:{application.public_id}"


def place_of(request, application, requirement, *, name="calls:application_pieces", half=None):
    """Where this person hands in the file of a requirement; ``half``: what they left half-way, by purpose."""
    account = counted_to(application)
    purpose = f"{account}:{requirement.key}"
    return uploads.Place(
        owner=request.user,
        purpose=purpose,
        counted_to=account,
        address=reverse(name, args=[application.public_id, requirement.key]),
        allowed=formats.accepted(requirement.file_format),
        half=(half or {}).get(purpose),
    )


def half_way(request, application):
    return uploads.half_way(request.user, counted_to(application))


def vault_place(request, organization, kind, *, half=None):
    """Where this person keeps a document of a kind in the vault."""
    account = f"vault:{organization.public_id}"
    purpose = f"{account}:{kind.value}"
    return uploads.Place(
        owner=request.user,
        purpose=purpose,
        counted_to=account,
        address=reverse("calls:vault_pieces", args=[organization.public_id, kind.value]),
        half=(half or {}).get(purpose),
    )


class OfRequirement(ReadsApplication, ReceivesPieces):
    """The pieces of a document that a draft is asked for."""

    permission = "calls.change_application"
    refusals = (uploads.FileRefused, answers.CannotSave)

    @cached_property
    def requirement(self):
        return requirement_of(self.contents, self.kwargs["key"])

    @cached_property
    def place(self):
        return place_of(self.request, self.application, self.requirement)

    def begin(self, **announced):
        return documents.begin_upload(self.application, self.requirement, self.place, **announced)

    def add(self, public_id, **piece):
        return documents.add_piece(self.application, self.requirement, self.place, public_id, **piece)


class OfCorrection(OfRequirement):
    """The pieces of a document that a notice of defects marked."""

    permission = "calls.correct_application"
