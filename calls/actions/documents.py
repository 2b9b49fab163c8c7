"""Documents of an application: each new one replaces the one before, which is kept."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts import acts
from calls import formats, schedule
from calls.actions import vault
from calls.actions.answers import CannotSave, hold
from calls.models import Defect, SuppliedDocument
from calls.states import ApplicationState
from documents import intake, uploads
from programs.models import ApplicationQuestion, Requirement

FileRefused = intake.FileRefused


@transaction.atomic
def supply(application, requirement, upload, *, by, at=None, issued_on=None):
    """Hand in ``upload`` for a requirement. Raises FileRefused, CannotSave or CannotKeep, with what to do.

    What organizations keep goes into the vault of this one too, with the day on which it was issued.
    """
    held, at = hold(application, at=at)
    _refuse_if_not_marked(held, requirement)
    _refuse_if_too_old(held, requirement, issued_on, at=at)
    _refuse_if_too_much(held, upload.size)
    document = intake.accept(upload, allowed=formats.accepted(requirement.file_format), by=by, at=at)
    vaulted = None
    if kind := requirement.document_kind:
        vaulted = vault.place(held.organization, kind, document, issued_on=issued_on, by=by, at=at)
    return _hand_in(held, requirement, document, vaulted, by=by, at=at)


@transaction.atomic
def supply_answer(application, question, upload, *, by, at=None):
    """Hand in ``upload`` as the answer to a question. Raises FileRefused or CannotSave, with what to do."""
    held, at = hold(application, at=at)
    _refuse_if_not_marked(held, question)
    _refuse_if_too_much(held, upload.size)
    document = intake.accept(upload, allowed=formats.accepted(question.file_format), by=by, at=at)
    return _hand_in(held, question, document, None, by=by, at=at)


@transaction.atomic
def begin_upload(application, asked, place, *, at=None, **announced):
    """A file is about to come in pieces. Raises what handing it in whole would raise."""
    held, at = hold(application, at=at)
    _refuse_if_not_marked(held, asked)
    try:
        return uploads.begin(place, room=_room_of(held), at=at, **announced)
    except uploads.NoRoom:
        raise _too_much() from None


@transaction.atomic
def add_piece(application, asked, place, upload, *, at=None, **piece):
    """A piece of it. Gives how many bytes are here. After the deadline refused as the whole would be."""
    held, at = hold(application, at=at)
    _refuse_if_not_marked(held, asked)
    return uploads.add(place, upload, at=at, **piece)


@transaction.atomic
def supply_from_vault(application, requirement, *, by, at=None):
    """Hand in what the vault keeps for a requirement, when it serves today. Raises CannotSave."""
    held, at = hold(application, at=at)
    _refuse_if_not_marked(held, requirement)
    vaulted = vault.serving(held, [requirement], at=at).get(requirement.pk)
    if vaulted is None:
        raise CannotSave(_("Your organization keeps no valid document of this kind any more: attach it."))
    return _hand_in(held, requirement, vaulted.document, vaulted, by=by, at=at)


def begin_with_vault(application, *, by, at):
    """A new draft begins with everything that the organization keeps and that serves today."""
    asked = Requirement.objects.of_publication(application.call.publication_id).exclude(document_kind="")
    asked = asked.filter(stage=Requirement.Stage.APPLICATION)
    asked = list(asked.exclude(delivery=Requirement.Delivery.PHYSICAL))
    found = vault.serving(application, asked, at=at)
    serving = [(one, found[one.pk].document, found[one.pk]) for one in asked if one.pk in found]
    return take_over(application, serving, by=by, at=at) if serving else []


def _hand_in(held, asked, document, vaulted, *, by, at):
    _replace(held, asked, at=at)
    (supplied,) = take_over(held, [(asked, document, vaulted)], by=by, at=at)
    if held.state == ApplicationState.PREVENTED:
        Defect.objects.filter(prevention__application=held, **_named(asked)).update(corrected_at=at)
    return supplied


def _named(asked):
    """A requirement or a question by the name of its column."""
    return {"question" if isinstance(asked, ApplicationQuestion) else "requirement": asked}


@transaction.atomic
def remove(application, asked, *, by, at=None):
    """Take a file out of a draft. The file stays among the earlier versions."""
    held, at = hold(application, at=at)
    if held.state != ApplicationState.DRAFT:
        raise CannotSave(_("A document that was sent can be replaced, not removed."))
    _replace(held, asked, at=at)


def take_over(application, documents, *, by, at):
    """Hand in kept files: of each what asks for it, the document, and the one of the vault or nothing."""
    return SuppliedDocument.objects.bulk_create(
        SuppliedDocument(
            application=application,
            document=document,
            from_vault=vaulted,
            supplied_at=at,
            supplied_by=by,
            **_named(asked),
        )
        for asked, document, vaulted in documents
    )


def take_away(application, *, by):
    """Somebody downloads the whole file: that is recorded."""
    acts.record("application.download", application, by=by)


def stored_bytes(application):
    """All that the application keeps, earlier versions included."""
    kept = SuppliedDocument.objects.filter(application=application)
    return kept.aggregate(total=Sum("document__size"))["total"] or 0


def _replace(held, asked, *, at):
    current = SuppliedDocument.objects.filter(application=held, replaced_at=None, **_named(asked))
    current.update(replaced_at=at)


def _refuse_if_not_marked(held, asked):
    if asked.publication_id != held.call.publication_id:
        raise CannotSave(_("That document is not asked for in this call."))
    if held.state == ApplicationState.PREVENTED:
        marked = Defect.objects.filter(prevention__application=held, **_named(asked))
        if not marked.exists():
            raise CannotSave(_("Only what the agency marked can be corrected now."))


def _refuse_if_too_old(held, requirement, issued_on, *, at):
    """Its age is counted on the day it is handed in, in the zone of the call."""
    days, today = requirement.valid_days, schedule.local_day(at, held.call.zone)
    vault.refuse_days(issued_on, None, today)
    if issued_on and days and today > issued_on + timedelta(days=days):
        said = {"age": (today - issued_on).days, "days": days}
        message = _(
            "It was issued %(age)d days ago and the Rules ask for one of at most %(days)d: get a newer one."
        )
        raise vault.CannotKeep(message % said, "issued_on")


def _room_of(held):
    """How many bytes more the application may keep."""
    return settings.MAX_APPLICATION_BYTES - stored_bytes(held)


def _refuse_if_too_much(held, size):
    if (size or 0) > _room_of(held):
        raise _too_much()


def _too_much():
    return FileRefused(
        _(
            "With this file the application would exceed %(limit)s in all. Reduce the file and "
            "attach it again."
        )
        % {"limit": filesizeformat(settings.MAX_APPLICATION_BYTES)}
    )
