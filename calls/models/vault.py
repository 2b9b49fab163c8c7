"""The vault of an organization: documents kept once, and handed in wherever they are asked for (row E2)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls.models.organizations import Organization
from documents.models import Document
from programs.models import Requirement


class VaultQuerySet(models.QuerySet):
    def current(self):
        """What each organization keeps now: neither replaced by a newer one nor taken out."""
        return self.filter(replaced_at=None)

    def ending_by(self, day):
        """Those whose own last day of validity comes by then."""
        return self.current().filter(expires_on__lte=day)


class VaultDocument(models.Model):
    """A document that an organization keeps. A newer one replaces it; the older one is kept.

    ``issued_on`` is the day written on it, from which the Rules count how old it may be; ``expires_on`` is
    its own last day of validity, when it has one. Either may be unknown.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="vault")
    kind = models.CharField(_("document"), max_length=20, choices=Requirement.DocumentKind)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    expires_on = models.DateField(_("end of its validity"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = VaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of the vault")
        verbose_name_plural = _("documents of the vault")
        ordering = ["kind", "-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=Q(replaced_at=None),
                name="vault_one_current_of_each_kind",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="vault_expires_after_it_was_issued",
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="vault_expiry")]

    def __str__(self):
        return f"{self.organization_id} · {self.get_kind_display()}"

    def serves_until(self, days=None):
        """The last day on which it serves where it may be so many days old; nothing when it never ends."""
        ends = [self.expires_on] if self.expires_on else []
        if days is not None and self.issued_on:
            ends.append(self.issued_on + timedelta(days=days))
        return min(ends, default=None)

    def serves_on(self, day, days=None):
        """Whether it is valid on a day. Where its age matters and its date is unknown, it is not."""
        if days is not None and self.issued_on is None:
            return False
        last = self.serves_until(days)
        return last is None or day <= last


class VaultReminder(models.Model):
    """That the end of a document's validity was told so many days before. Told once."""

    vaulted = models.ForeignKey(VaultDocument, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vaulted", "days"], name="vault_reminded_once")]

    def __str__(self):
        return f"{self.vaulted_id} · {self.days}"
