"""The vault of an organization: keeping a document, taking it out, using it, telling that it ends.

What is valid is asked of the vault on a day and for one requirement of published Rules; nothing else says so.
"""

from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import acts, notices
from accounts.dates import day_in_words
from calls import formats, schedule
from calls.models import Organization, RequirementCheck, SuppliedDocument, VaultDocument, VaultReminder
from calls.people import people_of
from documents import intake
from documents.models import Document
from jobs import locks

REMIND_DAYS = (60, 30, 7)
AGENCY = "application__call__publication__edition__program__agency"
FileRefused = intake.FileRefused


class CannotKeep(Exception):
    """Why the vault does not take it: ``field`` says of what."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


@transaction.atomic
def keep(organization, kind, upload, *, by, at=None, issued_on=None, expires_on=None):
    """Keep a document of a kind; it replaces the one before. Raises FileRefused or CannotKeep."""
    at = acts.moment(at)
    refuse_days(issued_on, expires_on, timezone.localdate(at))
    document = intake.accept(upload, allowed=intake.DEFAULT, by=by, at=at)
    return place(organization, kind, document, issued_on=issued_on, expires_on=expires_on, by=by, at=at)


def place(organization, kind, document, *, by, at, issued_on=None, expires_on=None):
    """Put a file that is kept already in the vault, where it replaces the one of its kind."""
    locks.exclusive(Organization.objects.filter(pk=organization.pk))
    organization.vault.current().filter(kind=kind).update(replaced_at=at)
    vaulted = VaultDocument.objects.create(
        organization=organization,
        kind=kind,
        document=document,
        issued_on=issued_on,
        expires_on=expires_on,
        added_at=at,
        added_by=by,
    )
    acts.record("vault.keep", organization, by=by, at=at, note=f"{kind} {document.sha256}")
    return vaulted


@transaction.atomic
def set_days(vaulted, *, issued_on, expires_on, by, at=None):
    """Correct the days of a document that no agency has received yet. Raises CannotKeep."""
    at = acts.moment(at)
    (held,) = locks.exclusive(VaultDocument.objects.filter(pk=vaulted.pk).select_related("organization"))
    if held.replaced_at or was_received(held):
        raise CannotKeep(_("An agency received it with these days: keep the document again to give others."))
    refuse_days(issued_on, expires_on, timezone.localdate(at))
    VaultDocument.objects.filter(pk=held.pk).update(issued_on=issued_on, expires_on=expires_on)
    VaultReminder.objects.filter(vaulted=held).delete()
    acts.record("vault.set_days", held.organization, by=by, at=at, note=held.kind)


@transaction.atomic
def take_out(vaulted, *, by, at=None):
    """Take a document out: no new application begins with it. Where it was handed in, it stays."""
    at = acts.moment(at)
    taken = VaultDocument.objects.filter(pk=vaulted.pk, replaced_at=None).update(replaced_at=at)
    if taken:
        acts.record("vault.take_out", vaulted.organization, by=by, at=at, note=vaulted.kind)


@transaction.atomic
def keep_again(earlier, *, by, at=None):
    """Keep again one that was replaced or taken out, with the days that it had."""
    return place(
        earlier.organization,
        earlier.kind,
        earlier.document,
        issued_on=earlier.issued_on,
        expires_on=earlier.expires_on,
        by=by,
        at=acts.moment(at),
    )


def refuse_days(issued_on, expires_on, today):
    """Raise CannotKeep for days that a document cannot have, or that have made it useless."""
    if issued_on and issued_on > today:
        raise CannotKeep(_("The date of issue cannot be after today."), "issued_on")
    if issued_on and expires_on and expires_on < issued_on:
        raise CannotKeep(_("It cannot end before it was issued."), "expires_on")
    if expires_on and expires_on < today:
        raise CannotKeep(_("It is no longer valid: get a newer one and keep that."), "expires_on")


def was_received(vaulted):
    """Whether some agency received it in an application."""
    return SuppliedDocument.objects.filter(from_vault=vaulted, application__folio__isnull=False).exists()


def serving(application, requirements, *, at):
    """Of what the applicant keeps, what serves on that day for each requirement, by its row."""
    day = schedule.local_day(at, application.call.zone)
    kinds = {one.document_kind for one in requirements} - {""}
    kept = VaultDocument.objects.current().filter(organization=application.organization_id, kind__in=kinds)
    kept = {one.kind: one for one in kept.select_related("document")}
    return {one.pk: kept[one.document_kind] for one in requirements if _serves(kept, one, day)}


def _serves(kept, requirement, day):
    vaulted = kept.get(requirement.document_kind)
    return (
        vaulted is not None
        and vaulted.document.scan != Document.Scan.INFECTED
        and vaulted.serves_on(day, requirement.valid_days)
        and formats.fits(vaulted.document, requirement.file_format)
    )


def acceptances(vaulted):
    """What agencies found met of documents of the vault: the checks by row of the vault, in their order.

    Only what somebody looked at counts, and nothing from before an agency observed the document.
    """
    checks = RequirementCheck.objects.filter(
        by__isnull=False,
        application__supplied__from_vault__in=vaulted,
        application__supplied__replaced_at=None,
        application__supplied__requirement=models.F("requirement"),
    )
    checks = checks.annotate(vaulted=models.F("application__supplied__from_vault"))
    found: dict[int, list] = {}
    for one in checks.select_related(AGENCY).order_by("at", "pk"):
        if one.outcome == RequirementCheck.Outcome.OBSERVED:
            found[one.vaulted] = []
        else:
            found.setdefault(one.vaulted, []).append(one)
    return found


def carry_acceptances(application, *, at):
    """What an agency found met of a document of the vault is met here too. Done twice, it is done once."""
    supplied = SuppliedDocument.objects.filter(
        application=application, replaced_at=None, from_vault__isnull=False, supplied_at__lte=at
    )
    supplied = {one.from_vault_id: one.requirement_id for one in supplied}
    accepted = acceptances(list(supplied))
    return RequirementCheck.objects.bulk_create(
        [
            RequirementCheck(
                application=application,
                requirement_id=supplied[vaulted],
                outcome="met",
                comes_from=checks[0],
                at=at,
            )
            for vaulted, checks in accepted.items()
            if checks
        ],
        ignore_conflicts=True,
    )


def remind(*, at=None):
    """Tell each organization, once at 60, 30 and 7 days, which documents end. Gives how many it told of."""
    at = acts.moment(at)
    today = timezone.localdate(at)
    ending = VaultDocument.objects.ending_by(today + timedelta(days=REMIND_DAYS[0])).filter(
        expires_on__gte=today
    )
    return sum(_remind(one, today, at) for one in ending.select_related("organization__body").order_by("pk"))


@transaction.atomic
def _remind(vaulted, today, at):
    left = (vaulted.expires_on - today).days
    days = min(days for days in REMIND_DAYS if left <= days)
    try:
        with transaction.atomic():
            VaultReminder.objects.create(vaulted=vaulted, days=days, at=at)
    except IntegrityError:
        return 0
    notices.notify_all(
        people_of(vaulted.organization),
        kind="vault.ending",
        subject=lambda: _("It ends soon: %(document)s") % {"document": vaulted.get_kind_display()},
        body=lambda: (
            _(
                "“%(document)s”, of %(organization)s, is valid until %(day)s. "
                "Keep a newer one before, so that your next applications begin with it."
            )
            % {
                "document": vaulted.get_kind_display(),
                "organization": vaulted.organization,
                "day": day_in_words(vaulted.expires_on),
            }
        ),
        link=vaulted.organization.vault_url,
        at=at,
    )
    return 1
