"""Files that arrive in pieces, so that a large one arrives over a bad line: begun, gone on with, handed in.

A piece is written once, at the end of what is there; sent again it changes nothing. Who chooses the same file
for the same place goes on where it stopped, after a reload, in another session or from another address.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts import acts
from accounts.models import User
from documents import intake, pieces
from documents.inspection import FileRefused
from documents.models import UploadInProgress
from jobs import locks


class NoSuchUpload(LookupError):
    """It was never begun by this person for this place, or is awaited no more."""


class NoRoom(FileRefused):
    """What it is counted to has no room for it."""


class DamagedPiece(ValueError):
    """The piece does not have the hash that was sent with it."""


@dataclass(frozen=True)
class Place:
    """Where a file is handed in: by whom, for what, which kinds are accepted, where its pieces are sent.

    ``half``: the upload that this person left half-way there, when somebody looked.
    """

    owner: User
    purpose: str
    address: str
    allowed: tuple = intake.DEFAULT
    counted_to: str = ""
    half: UploadInProgress | None = None

    @property
    def uploads(self):
        """Those of this person for this place, awaited or not."""
        return UploadInProgress.objects.filter(owner=self.owner, purpose=self.purpose)


class ArrivedFile(SimpleUploadedFile):
    """A file that arrived whole, as if it had come with the form; to be forgotten once kept or refused."""

    def __init__(self, upload):
        super().__init__(upload.name, pieces.read(upload))
        self.upload = upload

    def forget(self):
        _forget([self.upload])


@transaction.atomic
def begin(place, *, name, size, sha256, room=None, at=None):
    """The upload of this file for this place: the one already begun, or a new one. Raises FileRefused.

    ``room``: how many bytes may still be counted to its file; raises NoRoom when it takes more.
    """
    at = acts.moment(at)
    intake.refuse_announced(name, size, place.allowed)
    locks.exclusive(User.objects.filter(pk=place.owner.pk))
    found = place.uploads.filter(name=name, sha256=sha256).first()
    if found and found.expires_at > at and found.size == size:
        return found
    if found:
        _forget([found])
    _refuse_if_no_room(place, size, room, at=at)
    return UploadInProgress.objects.create(
        owner=place.owner,
        purpose=place.purpose,
        counted_to=place.counted_to,
        name=name,
        size=size,
        sha256=sha256,
        begun_at=at,
        expires_at=_awaited_until(at),
    )


def _refuse_if_no_room(place, size, room, *, at):
    awaited = UploadInProgress.objects.filter(expires_at__gt=at)
    if room is not None and _bytes_of(awaited.filter(counted_to=place.counted_to)) + size > room:
        raise NoRoom(_("There is no room for this file."))
    limit = settings.MAX_UPLOADING_BYTES
    if _bytes_of(awaited.filter(owner=place.owner)) + size > limit:
        raise FileRefused(
            _(
                "You are sending more than %(limit)s at once. Wait until the other files have arrived, or "
                "hand them in, and choose this one again."
            )
            % {"limit": filesizeformat(limit)}
        )


def _bytes_of(uploads):
    return uploads.aggregate(total=Sum("size"))["total"] or 0


@transaction.atomic
def add(place, public_id, *, offset, content, sha256, at=None):
    """Add a piece. Gives how many bytes are here now, which is where the next piece begins.

    A piece that is here already changes nothing; one that does not begin where the last one ended is not
    taken. When all is here and is not the file that was begun, it begins anew. Raises NoSuchUpload,
    DamagedPiece.
    """
    at = acts.moment(at)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedPiece
    held = _held(place, public_id, at=at)
    end = offset + len(content)
    if offset != held.received or not content or end > held.size:
        return held.received
    pieces.put(held, offset, content)
    if end == held.size and pieces.sha256(held) != held.sha256:
        end = 0
    UploadInProgress.objects.filter(pk=held.pk).update(received=end, expires_at=_awaited_until(at))
    return end


def _held(place, public_id, *, at):
    found = locks.exclusive(place.uploads.filter(public_id=public_id, expires_at__gt=at))
    if not found:
        raise NoSuchUpload
    return found[0]


def whole(place, public_id, *, at=None):
    """The file, once all its pieces are here; otherwise None."""
    found = arrived(place, public_id, at=at)
    if found is None:
        return None
    file = ArrivedFile(found)
    return file if file.size == found.size else None


def arrived(place, public_id, *, at=None):
    """The upload of which all pieces are here; otherwise None."""
    found = place.uploads.filter(public_id=public_id, expires_at__gt=acts.moment(at))
    return found.filter(received=F("size")).first()


def half_way(owner, counted_to, *, at=None):
    """What this person left half-way, counted to one file: the latest by its purpose."""
    found = UploadInProgress.objects.filter(
        owner=owner, counted_to=counted_to, expires_at__gt=acts.moment(at), received__gt=0
    )
    return {one.purpose: one for one in found.order_by("begun_at", "pk")}


@transaction.atomic
def forget_expired(*, at=None):
    """Nothing is kept of what is awaited no more. Gives how many uploads that were."""
    expired = list(UploadInProgress.objects.filter(expires_at__lte=acts.moment(at)))
    _forget(expired)
    pieces.drop(list(pieces.strays(set(UploadInProgress.objects.values_list("public_id", flat=True)))))
    return len(expired)


def _forget(uploads):
    UploadInProgress.objects.filter(pk__in=[one.pk for one in uploads]).delete()
    names = [one.public_id for one in uploads]
    transaction.on_commit(lambda: pieces.drop(names))


def _awaited_until(at):
    return at + timedelta(hours=settings.UPLOAD_HOURS)
