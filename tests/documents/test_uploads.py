"""Files that arrive in pieces: in order, once, whole, within bounds, forgotten when they stop (E8)."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from documents import forms, intake, pieces, tasks, uploads
from documents.inspection import FileRefused
from documents.models import UploadInProgress
from jobs import schedule
from tests.documents.parts import a_pdf, noise
from tests.factories.accounts import UserFactory
from tests.factories.documents import UploadInProgressFactory

pytestmark = pytest.mark.django_db

CONTENT = a_pdf() + b"\n" * 700
PIECE = 512


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def place_of(owner=None, purpose="solicitud", **more):
    return uploads.Place(owner=owner or UserFactory(), purpose=purpose, address="/", **more)


def begin(place, content=CONTENT, name="acta.pdf", **more):
    return uploads.begin(place, name=name, size=len(content), sha256=sha256(content), **more)


def add(place, upload, offset, length=PIECE, content=CONTENT, at=None):
    piece = content[offset : offset + length]
    return uploads.add(place, upload.public_id, offset=offset, content=piece, sha256=sha256(piece), at=at)


def send(place, content=CONTENT, **more):
    """Every piece in order."""
    upload, here = begin(place, content, **more), 0
    while here < len(content):
        here = add(place, upload, here, content=content)
    return upload


def files():
    return sorted(path.name for path in pieces._folder().iterdir())


def test_what_arrives_in_pieces_is_what_was_sent_and_is_taken_like_any_other():
    place = place_of()
    upload = send(place)

    arrived = uploads.whole(place, upload.public_id)
    assert (arrived.name, arrived.size, arrived.read()) == ("acta.pdf", len(CONTENT), CONTENT)


def test_once_kept_nothing_of_it_is_left_apart(django_capture_on_commit_callbacks):
    place = place_of()
    upload = send(place)
    assert files() == [upload.public_id]

    with django_capture_on_commit_callbacks(execute=True):
        document = intake.accept(uploads.whole(place, upload.public_id), by=place.owner)

    assert (document.sha256, document.name, document.stored_by) == (sha256(CONTENT), "acta.pdf", place.owner)
    assert (files(), UploadInProgress.objects.count()) == ([], 0)
    assert uploads.whole(place, upload.public_id) is None


def test_a_piece_sent_again_changes_nothing():
    place = place_of()
    upload = begin(place)

    assert [add(place, upload, 0), add(place, upload, 0)] == [PIECE, PIECE]
    assert pieces.read(upload) == CONTENT[:PIECE]


@pytest.mark.parametrize(
    ("offset", "length"),
    [(2 * PIECE, PIECE), (PIECE // 2, PIECE), (PIECE, len(CONTENT)), (PIECE, 0)],
    ids=["a gap", "an overlap", "longer than the file", "empty"],
)
def test_a_piece_that_does_not_begin_where_the_last_one_ended_is_not_taken(offset, length):
    place = place_of()
    upload = begin(place)
    add(place, upload, 0)

    here = add(place, upload, offset, length, content=CONTENT * 2)

    assert (here, pieces.read(upload)) == (PIECE, CONTENT[:PIECE])


def test_a_damaged_piece_is_not_taken():
    place = place_of()
    upload = begin(place)

    with pytest.raises(uploads.DamagedPiece):
        uploads.add(place, upload.public_id, offset=0, content=b"other", sha256=sha256(CONTENT[:PIECE]))

    assert begin(place).received == 0


def test_what_a_broken_write_left_behind_is_written_over():
    place = place_of()
    upload = begin(place)
    add(place, upload, 0)
    pieces.put(upload, PIECE, b"half of a piece that was never acknowledged")

    here = PIECE
    while here < len(CONTENT):
        here = add(place, upload, here)

    assert uploads.whole(place, upload.public_id).read() == CONTENT


def test_all_pieces_of_another_file_are_not_the_file_that_was_begun():
    place, other = place_of(), noise(len(CONTENT))
    upload = begin(place)
    here = add(place, upload, 0, content=other)
    while here:
        here = add(place, upload, here, content=other)

    assert begin(place).received == 0
    assert uploads.whole(place, upload.public_id) is None


def test_the_same_file_goes_on_where_it_stopped():
    place = place_of()
    upload = begin(place)
    add(place, upload, 0)

    again = begin(place_of(place.owner))

    assert (again.pk, again.received) == (upload.pk, PIECE)
    assert begin(place, name="otra.pdf").pk != upload.pk
    assert begin(place, CONTENT + b"\n").pk != upload.pk
    assert begin(place_of(place.owner, "otra")).pk != upload.pk


def test_what_somebody_else_sends_or_for_another_place_is_not_there():
    place = place_of()
    upload = send(place)

    for other in (place_of(), place_of(place.owner, "otra")):
        with pytest.raises(uploads.NoSuchUpload):
            add(other, upload, 0)
        assert uploads.whole(other, upload.public_id) is None
    with pytest.raises(uploads.NoSuchUpload):
        uploads.add(place, "nada", offset=0, content=b"", sha256=sha256(b""))


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [("acta.pdf", 0, "empty"), ("acta.pdf", 20 * 1024 * 1024 + 1, "too_heavy"), ("video.mov", 9, "")],
)
def test_what_would_be_refused_whole_is_refused_before_it_is_sent(name, size, reason):
    with pytest.raises(FileRefused) as refused:
        uploads.begin(place_of(), name=name, size=size, sha256=sha256(b""))

    assert refused.value.reason == reason
    assert not UploadInProgress.objects.exists()


def test_a_person_sends_no_more_at_once_than_the_limit(settings):
    settings.MAX_UPLOADING_BYTES = 2 * len(CONTENT)
    place = place_of()
    for name in ("uno.pdf", "dos.pdf"):
        begin(place, name=name)

    with pytest.raises(FileRefused, match="más de"):
        begin(place, name="tres.pdf")

    assert begin(place, name="uno.pdf").name == "uno.pdf"
    assert begin(place_of(), name="tres.pdf").name == "tres.pdf"


def test_what_others_are_sending_counts_in_the_room_of_the_file():
    mine, other = (place_of(counted_to="solicitud:una") for _ in range(2))
    begin(mine, room=2 * len(CONTENT))
    begin(other, room=2 * len(CONTENT))

    with pytest.raises(uploads.NoRoom):
        begin(other, name="otra.pdf", room=2 * len(CONTENT))


def test_what_stopped_coming_is_forgotten_with_its_bytes(django_capture_on_commit_callbacks, settings):
    place = place_of()
    old, new = begin(place, name="vieja.pdf"), begin(place)
    now = timezone.now()
    add(place, old, 0, at=now)
    later = now + timedelta(hours=settings.UPLOAD_HOURS)
    add(place, new, 0, at=now + timedelta(seconds=1))

    with pytest.raises(uploads.NoSuchUpload):
        add(place, old, PIECE, at=later)
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.forget_expired(at=later) == 1

    assert list(UploadInProgress.objects.all()) == [new]
    assert files() == [new.public_id]


def test_a_file_awaited_no_more_begins_anew(settings):
    place = place_of()
    now = timezone.now()
    old = begin(place, at=now)
    add(place, old, 0, at=now)

    again = begin(place, at=now + timedelta(hours=settings.UPLOAD_HOURS))

    assert (again.received, again.public_id != old.public_id) == (0, True)


def test_bytes_that_no_upload_knows_are_dropped_after_a_day():
    known = UploadInProgressFactory()
    for name, hours in ((known.public_id, 30), ("nadie", 30), ("reciente", 1)):
        path = Path(pieces._folder() / name)
        path.write_bytes(b"x")
        moment = timezone.now().timestamp() - hours * 3600
        os.utime(path, (moment, moment))

    tasks.forget_uploads()

    assert files() == sorted([known.public_id, "reciente"])
    assert schedule.entries()[tasks.forget_uploads.name].minutes == 60


def test_the_bytes_can_be_read_by_the_portal_alone():
    upload = send(place_of())

    path = pieces._folder() / upload.public_id
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_database_keeps_one_upload_of_a_file_and_no_more_than_its_size():
    one = UploadInProgressFactory()
    same = {"owner": one.owner, "purpose": one.purpose, "name": one.name, "sha256": one.sha256}

    for values in (same, {"received": 1025}):
        with pytest.raises(IntegrityError), transaction.atomic():
            UploadInProgressFactory(**values)


def test_the_name_is_the_last_part_of_what_is_said():
    said = {"size": "1", "sha256": sha256(b"")}
    names = {r"C:\Actas\acta.pdf": "acta.pdf", "a/b.pdf": "b.pdf", "..": None, "a/": "a", "": None}

    for name, expected in names.items():
        form = forms.AnnouncedForm({"name": name, **said})
        assert (form.is_valid() and form.cleaned_data["name"]) == (expected or False)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_the_same_file_at_once_make_one(settings):
    place, gate = place_of(), Barrier(2)

    def tab(_number):
        try:
            gate.wait()
            return send(place).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        sent = set(pool.map(tab, range(2)))

    assert len(sent) == 1
    assert uploads.whole(place, UploadInProgress.objects.get().public_id).read() == CONTENT
