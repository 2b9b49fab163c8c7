"""Reading a draft: what a person saw is kept when they say so, sign or refuse. To look writes nothing."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import moment, record
from programs import contents, snapshots
from programs.models import Reading


class CannotRead(Exception):
    """Why the reading is not kept."""


@transaction.atomic
def mark_read(edition, *, by, at=None):
    """Keep what the draft says now as what this person has read of it, because they say so."""
    if not by.has_perm("programs.view_draft", edition):
        raise CannotRead(_("You cannot read this draft now."))
    at = moment(at)
    reading = keep(edition, by=by, at=at)
    record("edition.read", edition, by=by, at=at, note=reading.sha256)
    return reading


def keep(edition, *, by, at):
    """Keep what this person sees of the draft; the same text once. Whoever signs or refuses has read it."""
    document = snapshots.snapshot(contents.read(edition), {})
    sha256 = snapshots.digest(document)
    last = last_of(edition, by)
    if last and last.sha256 == sha256:
        return last
    return Reading.objects.create(edition=edition, by=by, at=at, document=document, sha256=sha256)


def last_of(edition, person):
    """What a person read of the edition the last time, or None."""
    return Reading.objects.filter(edition=edition, by=person).order_by("at", "pk").last()
