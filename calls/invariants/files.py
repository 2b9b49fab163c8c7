"""What must hold of the files of applications, of the vault and of the evidence of dissemination."""

from django.db.models import Exists, F, OuterRef, Q

from calls.models import Evidence, SuppliedDocument, VaultDocument
from documents.models import Document
from jobs.soundness import invariant


def supplied():
    return SuppliedDocument.objects.order_by()


@invariant
def vault_papers_go_to_their_own_organization():
    """A document of a vault is handed in only with applications of its own organization."""
    return supplied().filter(from_vault__isnull=False).exclude(
        from_vault__organization=F("application__organization")
    )  # fmt: skip


@invariant
def vault_papers_are_handed_in_as_they_are():
    """What is handed in from a vault is the very document that the vault keeps."""
    return supplied().filter(from_vault__isnull=False).exclude(from_vault__document=F("document"))


@invariant
def papers_are_replaced_after_they_came():
    """A document is replaced no earlier than it was handed in."""
    return supplied().filter(replaced_at__lt=F("supplied_at"))


@invariant
def vaults_keep_papers_in_order():
    """A document of a vault is replaced or taken out no earlier than it was kept."""
    return VaultDocument.objects.order_by().filter(replaced_at__lt=F("added_at"))


@invariant
def papers_of_applications_were_received():
    """What an organization hands in or keeps is a file that came from somebody, not one of the portal."""
    rendered = Document.objects.filter(origin=Document.Origin.RENDERED)
    kept = Q(Exists(SuppliedDocument.objects.filter(document=OuterRef("pk"))))
    return rendered.filter(kept | Q(Exists(VaultDocument.objects.filter(document=OuterRef("pk")))))


@invariant
def evidence_is_of_the_rules_of_its_call():
    """Evidence of a planned action names an action of the Rules of its call."""
    planned = Evidence.objects.order_by().filter(action__isnull=False)
    return planned.exclude(action__publication__edition=F("call__publication__edition"))
