"""What the vault of an organization holds, for its page: how long each serves, where, who accepted it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from calls.actions import vault
from calls.models import Call, SuppliedDocument, VaultDocument
from programs.models import Requirement

SOON = vault.REMIND_DAYS[0]
Kind = Requirement.DocumentKind


@dataclass(frozen=True)
class AskedFor:
    """A requirement of an open call, and the last day on which the document serves for it."""

    requirement: Requirement
    call: Call
    until: date | None
    serves: bool


@dataclass
class Kept:
    """One kind of document: the one kept now, those before it, and what became of each."""

    kind: Kind
    today: date
    current: VaultDocument | None = None
    earlier: list = field(default_factory=list)
    uses: list = field(default_factory=list)
    accepted: list = field(default_factory=list)
    asked: list = field(default_factory=list)

    @property
    def days_left(self):
        """How many days its own validity lasts; nothing when it has no end."""
        ends = self.current.expires_on if self.current else None
        return None if ends is None else (ends - self.today).days

    @property
    def was_received(self):
        """Whether some agency received the one kept now, with the days it has."""
        return any(use.from_vault_id == self.current.pk for use in self.uses) if self.current else False

    @property
    def has_ended(self):
        return self.days_left is not None and self.days_left < 0

    @property
    def ends_soon(self):
        return self.days_left is not None and 0 <= self.days_left <= SOON


def of(organization, *, kinds=tuple(Kind)):
    """Each kind of document with what is kept of it, in a constant number of queries."""
    today = timezone.localdate()
    shelf = {kind.value: Kept(kind, today) for kind in kinds}
    rows = organization.vault.filter(kind__in=shelf).select_related("document", "added_by")
    for one in rows.order_by("-added_at", "-pk"):
        _put(shelf[one.kind], one)
    _uses(shelf, organization)
    _acceptances(shelf)
    _asked(shelf, today)
    return list(shelf.values())


def _put(kept, vaulted):
    if vaulted.replaced_at is None:
        kept.current = vaulted
    else:
        kept.earlier.append(vaulted)


def _uses(shelf, organization):
    """Where each was handed in: applications that were sent, the newest first, each once."""
    used = SuppliedDocument.objects.filter(
        from_vault__organization=organization, from_vault__kind__in=shelf, application__folio__isnull=False
    )
    used = used.select_related(
        "from_vault", "document", "application__call__publication__edition__program__agency__body"
    )
    for one in used.order_by("-supplied_at", "-pk"):
        shelf[one.from_vault.kind].uses.append(one)


def _acceptances(shelf):
    current = {kept.current.pk: kept for kept in shelf.values() if kept.current}
    for pk, checks in vault.acceptances(list(current)).items():
        of_agency = {one.application.call.agency: one for one in reversed(checks)}
        current[pk].accepted = sorted(of_agency.values(), key=lambda one: one.at)


def _asked(shelf, today):
    """The calls that receive applications today and ask for each kind."""
    calls = Call.objects.open(at=timezone.now())
    by_publication = defaultdict(list)
    for call in calls.order_by("closes_at", "pk"):
        by_publication[call.publication_id].append(call)
    asked = Requirement.objects.filter(
        publication__in=by_publication, document_kind__in=shelf, stage=Requirement.Stage.APPLICATION
    )
    for requirement in asked.order_by("publication", "position"):
        kept = shelf[requirement.document_kind]
        kept.asked += [
            _for_call(requirement, call, kept, today) for call in by_publication[requirement.publication_id]
        ]


def _for_call(requirement, call, kept, today):
    if kept.current is None:
        return AskedFor(requirement, call, None, False)
    days = requirement.valid_days
    return AskedFor(requirement, call, kept.current.serves_until(days), kept.current.serves_on(today, days))
