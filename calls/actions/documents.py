"""Documents of an application: each new one replaces the one before, which is kept."""

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts import acts
from calls import formats
from calls.actions.answers import CannotSave, hold
from calls.models import Defect, SuppliedDocument
from calls.states import ApplicationState
from documents import intake

FileRefused = intake.FileRefused


@transaction.atomic
def supply(application, requirement, upload, *, by, at=None):
    """Hand in ``upload`` for a requirement. Raises FileRefused or CannotSave, with what to do."""
    at = acts.reception(at)
    held = hold(application, at=at)
    _refuse_if_not_marked(held, requirement)
    _refuse_if_too_much(held, upload)
    document = intake.accept(upload, allowed=formats.accepted(requirement.file_format), by=by, at=at)
    _replace(held, requirement, at=at)
    supplied = SuppliedDocument.objects.create(
        application=held, requirement=requirement, document=document, supplied_at=at, supplied_by=by
    )
    if held.state == ApplicationState.PREVENTED:
        Defect.objects.filter(prevention__application=held, requirement=requirement).update(corrected_at=at)
    return supplied


@transaction.atomic
def remove(application, requirement, *, by, at=None):
    """Take a document out of a draft. The file stays among the earlier versions."""
    at = acts.reception(at)
    held = hold(application, at=at)
    if held.state != ApplicationState.DRAFT:
        raise CannotSave(_("A document that was sent can be replaced, not removed."))
    _replace(held, requirement, at=at)


def take_over(application, documents, *, by, at):
    """Hand in again files that are kept already: pairs of a requirement and a document, in a new draft."""
    return SuppliedDocument.objects.bulk_create(
        SuppliedDocument(
            application=application,
            requirement=requirement,
            document=document,
            supplied_at=at,
            supplied_by=by,
        )
        for requirement, document in documents
    )


def take_away(application, *, by):
    """Somebody downloads the whole file: that is recorded."""
    acts.record("application.download", application, by=by)


def stored_bytes(application):
    """All that the application keeps, earlier versions included."""
    kept = SuppliedDocument.objects.filter(application=application)
    return kept.aggregate(total=Sum("document__size"))["total"] or 0


def _replace(held, requirement, *, at):
    current = SuppliedDocument.objects.filter(application=held, requirement=requirement, replaced_at=None)
    current.update(replaced_at=at)


def _refuse_if_not_marked(held, requirement):
    if requirement.publication_id != held.call.publication_id:
        raise CannotSave(_("That document is not asked for in this call."))
    if held.state == ApplicationState.PREVENTED:
        marked = Defect.objects.filter(prevention__application=held, requirement=requirement)
        if not marked.exists():
            raise CannotSave(_("Only what the agency marked can be corrected now."))


def _refuse_if_too_much(held, upload):
    limit = settings.MAX_APPLICATION_BYTES
    if stored_bytes(held) + (upload.size or 0) > limit:
        raise FileRefused(
            _(
                "With this file the application would exceed %(limit)s in all. Reduce the file and "
                "attach it again."
            )
            % {"limit": filesizeformat(limit)}
        )
