"""Bodies (agencies, organizations, committees) and who holds which role in them, from when until when."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id


class BodyKind(models.TextChoices):
    AGENCY = "agency", _("Agency")
    ORGANIZATION = "organization", _("Civil society organization")
    COMMITTEE = "committee", _("Ruling committee")
    MONITORING = "monitoring", _("Monitoring Committee")
    PLATFORM = "platform", _("Platform")


class Role(models.TextChoices):
    """The closed list of roles (decision 2), each in the bodies where it makes sense."""

    EDITOR = "editor", _("Rules editor")
    LEGAL = "legal", _("Legal reviewer")
    OPERATOR = "operator", _("Program operator")
    VERIFIER = "verifier", _("Expense verifier")
    HEAD = "head", _("Head of agency")
    GUIDE_OWNER = "guide_owner", _("Guide owner")
    ASSESSOR = "assessor", _("Planning assessor")
    BUDGET = "budget", _("Budget reviewer")
    PAYER = "payer", _("Payer")
    AUDITOR = "auditor", _("Comptroller")
    CHAIR = "chair", _("Committee chair")
    SECRETARY = "secretary", _("Technical secretary")
    MEMBER = "member", _("Committee member")
    EVALUATOR = "evaluator", _("Evaluator")
    REPRESENTATIVE = "representative", _("Legal representative")
    DRAFTER = "drafter", _("Drafter")
    MONITORING = "monitoring", _("Monitoring Committee member")
    ADMINISTRATOR = "administrator", _("Administrator")


ROLES_OF = {
    BodyKind.AGENCY: {
        Role.EDITOR, Role.LEGAL, Role.OPERATOR, Role.VERIFIER, Role.HEAD, Role.GUIDE_OWNER,
        Role.ASSESSOR, Role.BUDGET, Role.PAYER, Role.AUDITOR,
    },
    BodyKind.ORGANIZATION: {Role.REPRESENTATIVE, Role.DRAFTER},
    BodyKind.COMMITTEE: {Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.EVALUATOR},
    BodyKind.MONITORING: {Role.MONITORING},
    BodyKind.PLATFORM: {Role.ADMINISTRATOR},
}  # fmt: skip


class BodyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The bodies whose people ``user`` may see: their own, and all of them for an administrator."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.current()
        if mine.with_role(Role.ADMINISTRATOR).exists():
            return self
        return self.filter(pk__in=mine.exclude(role=Role.EVALUATOR).values("body"))


class Body(models.Model):
    """Something that persons act for. Agencies, organizations and committees are one-to-one with a body."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=20, choices=BodyKind)
    name_es = models.CharField(_("name"), max_length=250)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self):
        return self.short_name or self.name_es

    def get_absolute_url(self):
        return reverse("accounts:team", args=[self.public_id])


class MembershipQuerySet(models.QuerySet):
    """Memberships read as a sentence: ``user.memberships.current().with_role(Role.EDITOR)``."""

    def current(self, *, at=None):
        at = at or timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def with_role(self, *roles):
        return self.filter(role__in=roles)

    def in_body(self, body):
        return self.filter(body=body)

    def told_to(self, user):
        """Who scores for a committee is told to who runs it, and to no member of it besides."""
        own = user.memberships.current()
        runs = Q(body__in=own.with_role(Role.CHAIR, Role.SECRETARY).values("body"))
        runs |= Exists(own.with_role(Role.ADMINISTRATOR))
        return self.filter(~Q(role=Role.EVALUATOR) | Q(user=user) | runs)


class Membership(models.Model):
    """One person, one body, one role, from a moment (included) until another (not included)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="membership_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["user", "body", "role"], condition=Q(until=None), name="membership_held_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.body}"
