"""What a person declares, before reading anything, of their ties to the organizations that applied."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from calls.models import Call, Organization


class ConflictDeclaration(models.Model):
    """One tie to one organization, or (without organization) that there is none with any other.

    Kept as it was declared: the database refuses to change or delete it.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family, to the fourth degree")
        LABOUR = "labour", _("Work, now or before")
        ECONOMIC = "economic", _("Business or money")
        FRIENDSHIP = "friendship", _("Friendship")
        RIVALRY = "rivalry", _("Rivalry or dispute")
        OTHER = "other", _("Another tie")
        NONE = "none", _("None with any other organization")

    class Capacity(models.TextChoices):
        EVALUATOR = "evaluator", _("Evaluators")
        COMMITTEE = "committee", _("Ruling committee")
        AGENCY = "agency", _("Agency")

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="conflict_declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind of tie"), max_length=12, choices=Kind)
    detail = models.TextField(_("what it consists of"), blank=True)
    during_review = models.BooleanField(_("recognised while scoring"), default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaration of conflicts of interest")
        verbose_name_plural = _("declarations of conflicts of interest")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "user", "organization"], name="conflict_declared_once"),
            models.UniqueConstraint(
                fields=["call", "user"],
                condition=Q(organization=None),
                name="no_other_conflict_declared_once",
            ),
            models.CheckConstraint(
                condition=Q(organization=None, kind="none")
                | (Q(organization__isnull=False) & ~Q(kind="none")),
                name="conflict_is_with_an_organization",
            ),
        ]

    def __str__(self):
        return f"{self.call.folio} · {self.get_kind_display()}"
