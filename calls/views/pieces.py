"""Large files in pieces: for a requirement or a question of an application, and for the vault."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from calls import formats
from calls.actions import answers, documents
from calls.states import ApplicationState
from calls.views.reading import ReadsApplication, requirement_of
from documents import uploads
from documents.receiving import ReceivesPieces
from programs.models import ApplicationQuestion


def counted_to(application):
    return f"application:{application.public_id}"


def place_of(request, application, asked, *, half=None):
    """Where this person hands in the file that a requirement or a question asks for.

    ``half``: what they left half-way in this application, by purpose.
    """
    is_answer = isinstance(asked, ApplicationQuestion)
    purpose = f"{counted_to(application)}:{'answer:' if is_answer else ''}{asked.key}"
    name = "calls:answer_pieces" if is_answer else "calls:application_pieces"
    return uploads.Place(
        owner=request.user,
        purpose=purpose,
        counted_to=counted_to(application),
        address=reverse(name, args=[application.public_id, asked.key]),
        allowed=formats.accepted(asked.file_format),
        half=(half or {}).get(purpose),
    )


def half_way(request, application):
    return uploads.half_way(request.user, counted_to(application))


def places_of(request, application, questions):
    """Where the files are handed in that some questions ask for, by the key of each."""
    asking = [question for question in questions if question.is_file]
    half = half_way(request, application) if asking else {}
    return {one.key: place_of(request, application, one, half=half) for one in asking}


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
    """The pieces of a document that is asked for: of a draft, or of a correction if it was marked."""

    refusals = (uploads.FileRefused, answers.CannotSave)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        prevented = self.application.state == ApplicationState.PREVENTED
        self.permission = "calls.correct_application" if prevented else "calls.change_application"

    @cached_property
    def asked(self):
        return requirement_of(self.contents, self.kwargs["key"])

    @cached_property
    def place(self):
        return place_of(self.request, self.application, self.asked)

    def begin(self, **announced):
        return documents.begin_upload(self.application, self.asked, self.place, **announced)

    def add(self, public_id, **piece):
        return documents.add_piece(self.application, self.asked, self.place, public_id, **piece)


class OfAnswer(OfRequirement):
    """The pieces of a file that answers a question."""

    @cached_property
    def asked(self):
        key = self.kwargs["key"]
        found = next((q for q in self.contents.questions if q.key == key and q.is_file), None)
        if found is None:
            raise Http404
        return found
