"""Civil society organizations: who they are and how they are reached and paid."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Body, Membership, Role
from programs.models import Municipality

ACTS_FOR = (Role.REPRESENTATIVE, Role.DRAFTER)


class OrganizationQuerySet(models.QuerySet):
    def of_user(self, user):
        """Organizations for which a person acts today."""
        if not user.is_authenticated:
            return self.none()
        held = Membership.objects.filter(user=user).current().with_role(*ACTS_FOR)
        return self.filter(body__in=held.values("body"))


class Organization(models.Model):
    """A civil society organization that may apply to calls; its name and users are those of its body."""

    class LegalForm(models.TextChoices):
        AC = "ac", _("Civil association (A.C.)")
        IAP = "iap", _("Private assistance institution (I.A.P.)")
        ABP = "abp", _("Private benefit association (A.B.P.)")
        SC = "sc", _("Non-profit civil partnership (S.C.)")
        OTHER = "other", _("Other non-profit form")

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="organization")
    legal_form = models.CharField(_("legal form"), max_length=10, choices=LegalForm)
    rfc = models.CharField(_("RFC"), max_length=12, unique=True)
    cluni = models.CharField(_("CLUNI"), max_length=14, blank=True)
    clabe = models.CharField(_("CLABE of the account"), max_length=18, blank=True)
    constituted_on = models.DateField(_("date of the articles of incorporation"), null=True, blank=True)
    purpose = models.TextField(_("corporate purpose"), blank=True)
    address = models.CharField(_("street, number and neighbourhood"), max_length=250, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipality")
    )
    phone = models.CharField(_("telephone"), max_length=15, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web page"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["body__name_es"]

    def __str__(self):
        return self.body.name_es

    def get_absolute_url(self):
        return reverse("calls:organization", args=[self.body.public_id])

    @property
    def vault_url(self):
        return reverse("calls:vault", args=[self.body.public_id])

    @property
    def public_id(self):
        return self.body.public_id
