"""What follows from the antivirus: what is refused, what waits and for whom it is there, what is told (R7).

Without an antivirus nothing here does or says anything. When it does not answer, files are received all the
same: each waits, is there for whoever handed it in and for nobody else, and is scanned as soon as it can be.
"""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts, notices
from accounts.models import Membership, Notice, Role, User
from documents import antivirus, storage
from documents.antivirus import CannotScan
from documents.inspection import FileRefused
from documents.models import Document, Infection

Scan = Document.Scan
AT_ONCE = 500
PAGE = "/antivirus/"
DOWN = "documents.antivirus_down"
log = logging.getLogger(__name__)


class Withheld(PermissionDenied):
    """The file is not served now; the message says why, for whoever asked for it."""


def of(upload, *, by=None):
    """How an upload stands with the antivirus. Raises FileRefused when something is found in it."""
    if not antivirus.is_asked():
        return Scan.UNASKED
    sha256, size = storage.measure(upload)
    try:
        find = antivirus.find_in(upload)
    except CannotScan as reason:
        log.warning("The antivirus does not answer (%s): a file waits, SHA-256 %s", reason, sha256)
        find = _found_before(sha256)
        if not find:
            return Scan.WAITING
    if find:
        record(find, sha256=sha256, size=size, name=upload.name, by=by)
        raise FileRefused(_in_words(find), reason="infected")
    return Scan.CLEAN


def _in_words(find):
    return _(
        "The antivirus found something harmful in the file (%(find)s), so it was not kept. Look at your "
        "computer with your own antivirus, save a clean copy and attach that one."
    ) % {"find": find}


def _found_before(sha256):
    known = Infection.objects.filter(sha256=sha256).first()
    return known.find if known else ""


@transaction.atomic
def record(find, *, sha256, size, name, by=None, document=None, at=None):
    """Keep the name of what was found and the file's hash, nothing of its bytes; administrators are told."""
    at = acts.moment(at)
    log.warning("The antivirus found %s in a file, SHA-256 %s", find, sha256)
    infection = Infection.objects.create(
        find=find, sha256=sha256, size=size, name=name[:200], by=by, document=document, found_at=at
    )
    acts.record("file.infected", infection, by=by, at=at, note=f"{find} {sha256}"[:200])
    notices.notify_all(
        administrators(),
        kind="documents.infected",
        subject=lambda: _("The antivirus found something in a file"),
        body=lambda: (
            _("“%(find)s”, in the file with the SHA-256 %(sha256)s. Nobody is served this file.")
            % {"find": find, "sha256": sha256}
        ),
        link=PAGE,
        at=at,
    )
    return infection


def administrators():
    held = Membership.objects.current().with_role(Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


# Those that wait


def scan_waiting(*, at=None, most=AT_ONCE):
    """Scan what waits. Gives the reason why something still waits, or nothing."""
    if not antivirus.is_asked():
        return ""
    still = ""
    for document in Document.objects.filter(scan=Scan.WAITING).order_by("pk")[:most]:
        try:
            _scan(document, at=at)
        except CannotScan as reason:
            still = reason.reason
            if still != "limit":
                break
    return still


def _scan(document, *, at):
    with document.open() as file:
        find = antivirus.find_in(file)
    if find:
        _withhold(document, find, at=acts.moment(at))
    else:
        waiting = Document.objects.filter(pk=document.pk, scan=Scan.WAITING)
        waiting.update(scan=Scan.CLEAN, scanned_at=acts.moment(at))


@transaction.atomic
def _withhold(document, find, *, at):
    """Whatever has these bytes is withheld from everybody; whoever handed it in is told to attach another."""
    same = Document.objects.filter(sha256=document.sha256).exclude(scan=Scan.INFECTED)
    senders = list(User.objects.filter(pk__in=same.values("stored_by"), is_active=True).order_by("pk"))
    if not same.update(scan=Scan.INFECTED, scanned_at=at):
        return
    file = {"sha256": document.sha256, "size": document.size, "name": document.name}
    record(find, document=document, at=at, **file)
    notices.notify_all(
        senders,
        kind="documents.withheld",
        subject=lambda: _("A file of yours is withheld"),
        body=lambda: (
            _(
                "The antivirus found something harmful in “%(name)s” (%(find)s): nobody can open it. "
                "Where it can still be changed, attach a clean copy."
            )
            % {"name": document.name, "find": find}
        ),
        at=at,
    )


def waiting():
    return Document.objects.filter(scan=Scan.WAITING).count()


def tell_that_it_is_down(count, *, at=None):
    """Administrators are told once a day that files wait for the antivirus."""
    at = acts.moment(at)
    if Notice.objects.filter(kind=DOWN, at__gt=at - timedelta(days=1)).exists():
        return
    notices.notify_all(
        administrators(),
        kind=DOWN,
        subject=lambda: _("Files wait for the antivirus"),
        body=lambda: (
            _(
                "The antivirus does not answer. Files are received and wait: until they are scanned, only "
                "whoever handed them in can open them. Waiting now: %(count)d."
            )
            % {"count": count}
        ),
        link=PAGE,
        at=at,
    )


# Serving


def why_withheld(document, reader):
    """Why this person is not served the file, or nothing."""
    if document.scan == Scan.INFECTED:
        return _("The antivirus found something harmful in this file: nobody can open it.")
    is_own = reader.is_authenticated and document.stored_by_id == reader.pk
    if document.scan == Scan.WAITING and antivirus.is_asked() and not is_own:
        return _("The antivirus has not looked at this file yet. It can be opened as soon as it has.")
    return ""


def refuse_withheld(document, reader):
    """Raise Withheld unless this person may be served the file."""
    if why := why_withheld(document, reader):
        raise Withheld(why)
